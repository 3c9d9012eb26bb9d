/**
 * The circuit breaker of a webhook or channel: after steady failure its executions wait, and one probe at a time shows
 * whether it is back. Waiting uses up no tries. Five days of nothing but failures, with warnings on the way, switch it off.
 */
export type Breaker = {
  /** Executions wait until then, when one probe may go; null: not paused. */
  pausedUntil: number | null;
  probeDelayMs: number | null;
  /** Since when there was nothing but failures. */
  firstFailureAt: number | null;
  /** How many of the warnings were given, and when the last one was. */
  warned: number;
  warnedAt: number | null;
};

export const CLOSED_BREAKER: Breaker = { pausedUntil: null, probeDelayMs: null, firstFailureAt: null, warned: 0, warnedAt: null };

const PAUSE_AFTER_FAILURES = 10;
const PAUSE_AFTER_MS = 60_000;
const FIRST_PROBE_MS = 2 * 60_000;
const LONGEST_PROBE_MS = 30 * 60_000;
export const DISABLE_AFTER_MS = 5 * 24 * 60 * 60_000;
/** Parts of the five days after which its admins are warned. */
export const WARNINGS = [0.5, 0.7, 0.9] as const;
/** Nobody is switched off sooner after the last warning: a webhook that is called once a week fails twice in five days. */
const AFTER_LAST_WARNING_MS = 6 * 60 * 60_000;

/** Whether nothing may go now. A pause that reaches further than the longest was begun before the clock was moved back. */
export const isPaused = ({ pausedUntil }: Pick<Breaker, 'pausedUntil'>, nowMs: number): boolean =>
  pausedUntil !== null && pausedUntil > nowMs && pausedUntil <= nowMs + LONGEST_PROBE_MS;

/**
 * One more failure, the `inARow`-th; while paused, that of a probe. A single failing request never pauses anything, nor does a
 * burst of seconds.
 */
export function afterFailure(breaker: Breaker, inARow: number, nowMs: number): Breaker {
  const failing = { ...breaker, ...warnedAfter(breaker, nowMs), firstFailureAt: breaker.firstFailureAt ?? nowMs };
  if (breaker.pausedUntil !== null) {
    const probeDelayMs = Math.min(LONGEST_PROBE_MS, (breaker.probeDelayMs ?? FIRST_PROBE_MS / 2) * 2);
    return { ...failing, pausedUntil: nowMs + probeDelayMs, probeDelayMs };
  }
  const isSteady = inARow >= PAUSE_AFTER_FAILURES && nowMs - failing.firstFailureAt >= PAUSE_AFTER_MS;
  return isSteady ? { ...failing, pausedUntil: nowMs + FIRST_PROBE_MS, probeDelayMs: FIRST_PROBE_MS } : failing;
}

function warnedAfter({ firstFailureAt, warned, warnedAt }: Breaker, nowMs: number): Pick<Breaker, 'warned' | 'warnedAt'> {
  const failingMs = firstFailureAt === null ? 0 : nowMs - firstFailureAt;
  const due = WARNINGS.filter((part) => failingMs >= part * DISABLE_AFTER_MS).length;
  return due > warned ? { warned: due, warnedAt: nowMs } : { warned, warnedAt };
}

/** From when on one more failure switches it off; null while the last delivery went well. */
export function disablesAt({ firstFailureAt, warned, warnedAt }: Pick<Breaker, 'firstFailureAt' | 'warned' | 'warnedAt'>): number | null {
  if (firstFailureAt === null) return null;
  const afterFive = firstFailureAt + DISABLE_AFTER_MS;
  return warned < WARNINGS.length || warnedAt === null ? afterFive : Math.max(afterFive, warnedAt + AFTER_LAST_WARNING_MS);
}

/** Whether nothing but failures came for so long, and its admins know it so well, that the integration is switched off. */
export function isHopeless(breaker: Breaker, nowMs: number): boolean {
  const at = disablesAt(breaker);
  return at !== null && breaker.warned === WARNINGS.length && nowMs >= at;
}
