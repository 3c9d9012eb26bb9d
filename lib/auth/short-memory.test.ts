import { expect, test } from 'vitest';
import { createShortMemory } from './short-memory.ts';

test('an answer is remembered for its time, and not a moment longer when the clock is moved back', async () => {
  let nowMs = 1_000_000;
  let asked = 0;
  const memory = createShortMemory<number>(3000, () => nowMs);
  const get = () => memory.get('key', async () => ++asked);
  expect([await get(), await get()]).toEqual([1, 1]);
  nowMs += 2999;
  expect(await get()).toBe(1);
  nowMs += 1;
  expect(await get()).toBe(2);
  nowMs -= 3_600_000;
  expect(await get()).toBe(3);
});

test('a failure is nobody’s answer', async () => {
  const memory = createShortMemory<number>(3000, () => 0);
  await expect(memory.get('key', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await memory.get('key', async () => 1)).toBe(1);
});
