import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EvenSample } from './even-sample.ts';

function sampleOf(count: number, most: number): number[] {
  const sample = new EvenSample<number>(most);
  for (let item = 0; item < count; item++) sample.add(item);
  return sample.result();
}

test('few enough come out as they went in', () => {
  expect(sampleOf(0, 5)).toEqual([]);
  expect(sampleOf(5, 5)).toEqual([0, 1, 2, 3, 4]);
  expect(sampleOf(3, 1)).toEqual([0]);
});

test('a short list is spread to the line', () => {
  expect(sampleOf(9, 5)).toEqual([0, 2, 4, 6, 8]);
});

test('of a list of any length so many as were wanted, in order, the first and the last among them, no gap much wider than another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 2, max: 60 }), (count, most) => {
      const sample = sampleOf(count, most);
      expect(sample).toHaveLength(Math.min(count, most));
      if (count === 0) return;
      expect([sample[0], sample.at(-1)]).toEqual([0, count - 1]);
      const even = Math.max(1, (count - 1) / (most - 1));
      for (let index = 1; index < sample.length; index++) {
        const gap = sample[index]! - sample[index - 1]!;
        expect(gap).toBeGreaterThan(0);
        expect(gap).toBeLessThanOrEqual(2 * even + 1);
      }
    }),
  );
});
