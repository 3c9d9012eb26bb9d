import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MetricWindow } from './metric-window.ts';

const lengths = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 60, max: 300 }));
const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 700 });

test('a window holds the last values in order, its extreme is theirs, and what it pushes out is the oldest', () => {
  fc.assert(
    fc.property(lengths, values, fc.constantFrom('min', 'max'), (length, all, keeps) => {
      const window = new MetricWindow(length, keeps);
      for (const [index, value] of all.entries()) {
        const evicted = window.push(value);
        expect(evicted).toBe(index >= length ? all[index - length] : Number.NaN);
        const held = all.slice(Math.max(0, index + 1 - length), index + 1);
        expect(window.extreme()).toBe(keeps === 'min' ? Math.min(...held) : Math.max(...held));
        expect(window.newest()).toBe(value);
      }
      expect(window.values()).toEqual(all.slice(-length));
      expect(window.values(3)).toEqual(all.slice(-length).slice(-3));
      expect([window.size, window.isFull]).toEqual([Math.min(length, all.length), all.length >= length]);
    }),
    { numRuns: 200 },
  );
});
