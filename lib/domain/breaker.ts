/**
 * The circuit breaker of a webhook or channel: after steady failure its executions wait, and one probe at a time shows
 * whether it is back. Waiting uses up no tries.
 */
export type Breaker = {
  /** Executions wait until then, when one probe may go; null: not paused. */
  pausedUntil: number | null;
  probeDelayMs: number | null;
  /** Since when there was nothing but failures. */
  firstFailureAt: number | null;
};

export const CLOSED_BREAKER: Breaker = { pausedUntil: null, probeDelayMs: null, firstFailureAt: null };

const PAUSE_AFTER_FAILURES = 10;
const PAUSE_AFTER_MS = 60_000;
const FIRST_PROBE_MS = 2 * 60_000;
const LONGEST_PROBE_MS = 30 * 60_000;
export const DISABLE_AFTER_MS = 5 * 24 * 60 * 60_000;

/**
 * One more failure, the `inARow`-th; while paused, that of a probe. A single failing request never pauses anything, nor does a
 * burst of seconds.
 */
export function afterFailure(breaker: Breaker, inARow: number, nowMs: number): Breaker {
  const firstFailureAt = breaker.firstFailureAt ?? nowMs;
  if (breaker.pausedUntil !== null) {
    const probeDelayMs = Math.min(LONGEST_PROBE_MS, (breaker.probeDelayMs ?? FIRST_PROBE_MS / 2) * 2);
    return { pausedUntil: nowMs + probeDelayMs, probeDelayMs, firstFailureAt };
  }
  const isSteady = inARow >= PAUSE_AFTER_FAILURES && nowMs - firstFailureAt >= PAUSE_AFTER_MS;
  if (!isSteady) return { ...breaker, firstFailureAt };
  return { pausedUntil: nowMs + FIRST_PROBE_MS, probeDelayMs: FIRST_PROBE_MS, firstFailureAt };
}

/** Whether nothing but failures came for so long that the integration is switched off. */
export const isHopeless = ({ firstFailureAt }: Breaker, nowMs: number) =>
  firstFailureAt !== null && nowMs - firstFailureAt >= DISABLE_AFTER_MS;
