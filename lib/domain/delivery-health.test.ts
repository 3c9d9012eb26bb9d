import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latencyStep, percentile } from './delivery-health.ts';

const histogramOf = (times: readonly number[]) => {
  const histogram = new Map<number, number>();
  for (const ms of times) histogram.set(latencyStep(ms), (histogram.get(latencyStep(ms)) ?? 0) + 1);
  return histogram;
};

test('a percentile is read to within a fifth of the true time, whatever the times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 20_000, noNaN: true }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (times, part) => {
        const sorted = times.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(part * sorted.length) - 1]!;
        const read = percentile(histogramOf(times), part)!;
        expect(read).toBeGreaterThan(exact / 1.2);
        expect(read).toBeLessThan(exact * 1.2);
      },
    ),
  );
});

test('without attempts there is no percentile; under a millisecond is the first step', () => {
  expect(percentile(new Map(), 0.5)).toBeNull();
  expect(percentile(histogramOf([0.2, 0.4]), 0.99)!).toBeLessThanOrEqual(1);
});

test('half of evenly spread times lies below the median', () => {
  const times = Array.from({ length: 1000 }, (_, n) => 100 + n / 10);
  expect(percentile(histogramOf(times), 0.5)!).toBeCloseTo(150, -1);
});
