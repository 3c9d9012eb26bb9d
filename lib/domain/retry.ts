import type { DeliveryOutcome } from './delivery-outcome.ts';

/** 8 tries: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h after the one before. */
export const DEFAULT_DELAYS_SECONDS = [0, 5, 300, 1800, 7200, 18_000, 36_000, 36_000] as const;
export const RETRY_JITTER = 0.2;

export type NextStep = { kind: 'succeed' } | { kind: 'fail' } | { kind: 'retry'; atMs: number; sameTry: boolean };

/**
 * What follows an attempt. `tryNumber` counts from 1; `jitter` is drawn from [-RETRY_JITTER, RETRY_JITTER];
 * `secondChanceUsed`: whether this execution already had its one instant retry after a refused connection.
 */
export function nextStep(
  outcome: Pick<DeliveryOutcome, 'kind' | 'retryAfterSeconds' | 'refusedQuickly'>,
  tryNumber: number,
  delaysSeconds: readonly number[],
  nowMs: number,
  jitter: number,
  secondChanceUsed: boolean,
): NextStep {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'succeed' };
    case 'rejected':
      return { kind: 'fail' };
    case 'try_again': {
      if (outcome.refusedQuickly && !secondChanceUsed) return { kind: 'retry', atMs: nowMs, sameTry: true };
      const delay = delaysSeconds[tryNumber]; // tryNumber counts from 1, so this is the next try's delay
      if (delay === undefined) return { kind: 'fail' };
      const scheduled = delay * (1 + jitter);
      const asked = Math.min(outcome.retryAfterSeconds ?? 0, Math.max(2 * scheduled, 600));
      return { kind: 'retry', atMs: nowMs + Math.round(Math.max(scheduled, asked) * 1000), sameTry: false };
    }
  }
}
