import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids sort in the order in which they were made, also within a millisecond', () => {
  const ids = Array.from({ length: 5000 }, () => newId('exe', 4_000_000_000_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an id made later sorts later', () => {
  expect(newId('evt', 4_000_000_001_000) < newId('evt', 4_000_000_002_000)).toBe(true);
});

test('ids stay in order when the clock steps back', () => {
  const before = newId('evt', 4_000_000_009_000);
  expect(newId('evt', 4_000_000_003_000) > before).toBe(true);
});
