import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareZscore, exactMean } from './exact-oracle.testing.ts';
import { ExactSums } from './exact-sums.ts';

/** Doubles of every magnitude, small integers and decimals: all that a metric can be. */
const anyValue = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => x === 0 || Math.abs(x) > 1e-290),
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: -500, max: 500 }).map((n) => n / 100),
);
const usualValue = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -500, max: 500 }).map((n) => n / 100),
);

function sumsOf(values: readonly number[], withSquares = false): ExactSums {
  const sums = new ExactSums(withSquares);
  for (const value of values) sums.add(value);
  return sums;
}

describe('the mean', () => {
  test('is the exact one, rounded once', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 1, maxLength: 40 }), (values) => {
        expect(sumsOf(values).mean(values.length) + 0).toBe(exactMean(values) + 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('of 0.1, 0.2 and 0.3 is 0.2', () => expect(sumsOf([0.1, 0.2, 0.3]).mean(3)).toBe(0.2));
  test('of the largest doubles does not overflow', () =>
    expect(sumsOf([Number.MAX_VALUE, Number.MAX_VALUE]).mean(2)).toBe(Number.MAX_VALUE));
});

test('what left the sums leaves no trace', () => {
  fc.assert(
    fc.property(fc.array(anyValue, { minLength: 1, maxLength: 20 }), fc.array(anyValue, { maxLength: 20 }), (kept, gone) => {
      const sums = sumsOf([...gone, ...kept], true);
      for (const value of gone) sums.remove(value);
      const fresh = sumsOf(kept.toReversed(), true);
      expect(sums.mean(kept.length)).toBe(fresh.mean(kept.length));
      expect(sums.zscore(1.5, kept.length)).toBe(fresh.zscore(1.5, kept.length));
    }),
  );
});

describe('the z-score', () => {
  test('lies on the same side of a threshold as the exact one', () => {
    fc.assert(
      fc.property(
        fc.array(usualValue, { minLength: 2, maxLength: 30 }),
        usualValue,
        fc.integer({ min: -40, max: 40 }),
        (values, value, tenths) => {
          const z = sumsOf(values, true).zscore(value, values.length);
          const threshold = tenths / 10;
          const exact = compareZscore(value, values, threshold);
          if (exact === null) return expect(z).toBeNull();
          const tolerance = 1e-13 * Math.max(1, Math.abs(threshold));
          if (exact > 0) expect(z!).toBeGreaterThan(threshold - tolerance);
          else if (exact < 0) expect(z!).toBeLessThan(threshold + tolerance);
          else expect(Math.abs(z! - threshold)).toBeLessThanOrEqual(tolerance);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    { values: [0, 2], value: 3, z: 2 },
    { values: [0, 2], value: -1, z: -2 },
    { values: [0.1, 0.1, 0.1], value: 5, z: null },
    { values: [1e200, -1e200], value: 3e200, z: 3 },
    { values: [1e-200, 3e-200], value: 4e-200, z: 2 },
    { values: [1e8, 1e8 + 2], value: 1e8 + 5, z: 4 },
    { values: [1e-300, 1e300], value: 1e300, z: 1 },
    { values: [-5, -7], value: 0, z: 6 },
  ])('of $value against $values is $z', ({ values, value, z }) => {
    const got = sumsOf(values, true).zscore(value, values.length);
    if (z === null) expect(got).toBeNull();
    else expect(got).toBeCloseTo(z, 12);
  });
});
