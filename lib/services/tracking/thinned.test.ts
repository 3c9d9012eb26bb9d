import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Thinned } from './thinned.ts';

const thin = (values: number[], points: number) => {
  const thinned = new Thinned(points);
  for (const [step, value] of values.entries()) thinned.add(step, value);
  return { ...thinned.result(), total: thinned.total };
};

test('few values come out as they went in', () => {
  expect(thin([3, Number.NaN, 1, 2], 10)).toEqual({ steps: [0, 1, 2, 3], values: [3, Number.NaN, 1, 2], total: 4 });
});

test('any series keeps its lowest and highest value, its order, and a bounded number of points', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noDefaultInfinity: true, noNaN: true }), { minLength: 1, maxLength: 2000 }), (values) => {
      const { steps, values: kept, total } = thin(values, 100);
      expect(total).toBe(values.length);
      expect(kept.length).toBeLessThanOrEqual(200);
      expect(Math.min(...kept)).toBe(Math.min(...values));
      expect(Math.max(...kept)).toBe(Math.max(...values));
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      for (const [index, step] of steps.entries()) expect(kept[index]).toBe(values[step]);
    }),
  );
});

test('a value that is no number is still seen among thousands', () => {
  const values = Array.from({ length: 5000 }, (_, index) => index);
  values[1234] = Number.NaN;
  expect(thin(values, 100).values.some(Number.isNaN)).toBe(true);
});
