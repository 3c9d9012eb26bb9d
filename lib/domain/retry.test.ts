import { describe, expect, test } from 'vitest';
import { DEFAULT_DELAYS_SECONDS, nextStep, RETRY_JITTER } from './retry.ts';

const NOW = 1_700_000_000_000;
const failed = { kind: 'try_again' } as const;

/** Seconds until the try after this one; null when there is none. */
function waitAfter(
  tryNumber: number,
  outcome: Parameters<typeof nextStep>[0] = failed,
  jitter = 0,
  delays: readonly number[] = DEFAULT_DELAYS_SECONDS,
) {
  const step = nextStep(outcome, tryNumber, delays, NOW, jitter, true);
  return step.kind === 'retry' ? (step.atMs - NOW) / 1000 : null;
}

test('unless said otherwise there are eight tries over more than a day', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((tryNumber) => waitAfter(tryNumber))).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000, null]);
});

test('each wait varies by a fifth, so that what failed together does not come back together', () => {
  expect([-RETRY_JITTER, RETRY_JITTER].map((jitter) => waitAfter(2, failed, jitter))).toEqual([240, 360]);
});

describe('a receiver that asks for a wait', () => {
  const asking = (retryAfterSeconds: number) => ({ ...failed, retryAfterSeconds });

  test('gets it where it is longer than the schedule', () => {
    expect(waitAfter(1, asking(60))).toBe(60);
    expect(waitAfter(3, asking(60))).toBe(1800);
  });

  test('gets at most twice the schedule, or ten minutes', () => {
    expect(waitAfter(1, asking(86_400))).toBe(600);
    expect(waitAfter(4, asking(86_400))).toBe(14_400);
  });
});

test('a refused connection is tried again at once in the same try, once', () => {
  const refused = { ...failed, refusedQuickly: true };
  expect(nextStep(refused, 1, [0], NOW, 0, false)).toEqual({ kind: 'retry', atMs: NOW, sameTry: true });
  expect(nextStep(refused, 1, [0], NOW, 0, true)).toEqual({ kind: 'fail' });
});

test('what is given up has no further try, whatever the schedule', () => {
  expect(waitAfter(1, { kind: 'rejected' })).toBeNull();
  expect(nextStep({ kind: 'delivered' }, 1, DEFAULT_DELAYS_SECONDS, NOW, 0, false)).toEqual({ kind: 'succeed' });
});
