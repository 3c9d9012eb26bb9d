import { expect, test } from 'vitest';
import { afterFailure, type Breaker, CLOSED_BREAKER, isHopeless } from './breaker.ts';

const MINUTE = 60_000;

/** Failures every `everyMs`, from 0 on. */
function failing(times: number, everyMs: number): Breaker {
  let breaker = CLOSED_BREAKER;
  for (let i = 0; i < times; i++) breaker = afterFailure(breaker, i + 1, i * everyMs);
  return breaker;
}

test('a few failures, or a burst of seconds, pause nothing', () => {
  expect(failing(9, MINUTE)).toMatchObject({ pausedUntil: null, firstFailureAt: 0 });
  expect(failing(100, 100).pausedUntil).toBeNull();
});

test('steady failure pauses for two minutes', () => {
  expect(failing(10, MINUTE)).toEqual({ pausedUntil: 9 * MINUTE + 2 * MINUTE, probeDelayMs: 2 * MINUTE, firstFailureAt: 0 });
});

test('each probe that fails doubles the wait, to half an hour at most', () => {
  let breaker = failing(10, MINUTE);
  const waits: number[] = [];
  for (let inARow = 11; inARow < 18; inARow++) {
    const nowMs = breaker.pausedUntil!;
    breaker = afterFailure(breaker, inARow, nowMs);
    waits.push((breaker.pausedUntil! - nowMs) / MINUTE);
  }
  expect(waits).toEqual([4, 8, 16, 30, 30, 30, 30]);
});

test('five days of nothing but failures are hopeless', () => {
  const breaker = failing(10, MINUTE);
  expect(isHopeless(breaker, 5 * 24 * 60 * MINUTE - 1)).toBe(false);
  expect(isHopeless(breaker, 5 * 24 * 60 * MINUTE)).toBe(true);
  expect(isHopeless(CLOSED_BREAKER, Number.MAX_SAFE_INTEGER)).toBe(false);
});
