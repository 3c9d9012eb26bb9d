import { describe, expect, test } from 'vitest';
import { formatCountdown, formatDuration, formatRelative, formatSeconds } from './format-time.ts';

const now = Date.UTC(2026, 10, 21, 12);
const ago = (seconds: number) => formatRelative(now - seconds * 1000, now);

describe('formatRelative', () => {
  test.each([
    [0, 'just now'],
    [8, '8 s ago'],
    [59, '59 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [7200, '2 h ago'],
    [12 * 86_400, '12 d ago'],
    [-840, 'in 14 min'],
    [-3599, 'in 1 h'],
    [-86_399, 'in 1 d'],
    [-(7 * 86_400 - 1), 'in 7 d'],
  ])('%i seconds ago reads "%s"', (seconds, text) => expect(ago(seconds)).toBe(text));

  test('beyond 30 days it is a date, with the year only when it is another one', () => {
    expect(ago(60 * 86_400)).toMatch(/^\d+ Sept?$/);
    expect(ago(400 * 86_400)).toMatch(/^\d+ Oct 2025$/);
  });
});

test.each([
  [0.2, '0 ms'],
  [312, '312 ms'],
  [999.6, '1.00 s'],
  [1240, '1.24 s'],
  [9_996, '10.0 s'],
  [14_200, '14.2 s'],
  [59_960, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [273_600_000, '3 d 4 h'],
])('%d ms reads "%s"', (ms, text) => expect(formatDuration(ms)).toBe(text));

test.each([
  [-5, '00:00'],
  [847_000, '14:07'],
  [7_500_000, '2:05:00'],
])('%i ms left reads "%s"', (ms, text) => expect(formatCountdown(ms)).toBe(text));

test.each([
  [0, '< 1 s'],
  [1, '1 s'],
  [59.6, '59 s'],
  [200, '3 min 20 s'],
])('%d s reads "%s"', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
