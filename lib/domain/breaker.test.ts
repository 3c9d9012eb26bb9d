import { expect, test } from 'vitest';
import { afterFailure, type Breaker, CLOSED_BREAKER, disablesAt, isHopeless } from './breaker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Failures every `everyMs`, from 0 on. */
function failing(times: number, everyMs: number): Breaker {
  let breaker = CLOSED_BREAKER;
  for (let i = 0; i < times; i++) breaker = afterFailure(breaker, i + 1, i * everyMs);
  return breaker;
}

/** Probes that fail as soon as they may go, until `isHopeless`; what was told on the way. */
function failUntilHopeless(): { hopelessAt: number; warnedAt: number[] } {
  let breaker = failing(10, MINUTE);
  const warnedAt: number[] = [];
  for (let nowMs = breaker.pausedUntil!; ; nowMs = breaker.pausedUntil!) {
    const next = afterFailure(breaker, 11, nowMs);
    if (next.warned > breaker.warned) warnedAt.push(nowMs);
    if (isHopeless(next, nowMs)) return { hopelessAt: nowMs, warnedAt };
    breaker = next;
  }
}

test('a few failures, or a burst of seconds, pause nothing', () => {
  expect(failing(9, MINUTE)).toMatchObject({ pausedUntil: null, firstFailureAt: 0 });
  expect(failing(100, 100).pausedUntil).toBeNull();
});

test('steady failure pauses for two minutes', () => {
  expect(failing(10, MINUTE)).toMatchObject({ pausedUntil: 9 * MINUTE + 2 * MINUTE, probeDelayMs: 2 * MINUTE, firstFailureAt: 0 });
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

test('five days of nothing but failures are hopeless, after warnings at half, 70 and 90 per cent of them', () => {
  const { hopelessAt, warnedAt } = failUntilHopeless();
  expect(hopelessAt).toBeGreaterThanOrEqual(5 * DAY);
  expect(hopelessAt).toBeLessThan(5 * DAY + HOUR);
  const parts = warnedAt.map((at) => Math.floor((at / (5 * DAY)) * 100));
  expect(parts).toEqual([50, 70, 90]);
});

test('says from when on one more failure disables it', () => {
  expect(disablesAt(CLOSED_BREAKER)).toBeNull();
  expect(disablesAt(failing(10, MINUTE))).toBe(5 * DAY);
});

test('one that is seldom called is warned before it is disabled, however long it has been failing', () => {
  let breaker = afterFailure(CLOSED_BREAKER, 1, 0);
  breaker = afterFailure(breaker, 2, 7 * DAY);
  expect(breaker).toMatchObject({ warned: 3, warnedAt: 7 * DAY });
  expect(isHopeless(breaker, 7 * DAY)).toBe(false);
  expect(isHopeless(breaker, 7 * DAY + MINUTE)).toBe(false);
  expect(disablesAt(breaker)).toBe(7 * DAY + 6 * HOUR);
  expect(isHopeless(breaker, 7 * DAY + 6 * HOUR)).toBe(true);
});

test('one that works is never hopeless', () => {
  expect(isHopeless(CLOSED_BREAKER, Number.MAX_SAFE_INTEGER)).toBe(false);
});
