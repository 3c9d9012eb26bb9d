import type { FailureCause } from './failure-causes.ts';

/** How an integration's attempts are counted: by five minutes for the last days, by the hour for as long as history is kept. */
export const FINE_MS = 5 * 60_000;
export const COARSE_MS = 60 * 60_000;
/** How long the fine counts are kept. */
export const FINE_KEPT_MS = 2 * 24 * COARSE_MS;

/** The periods that health is looked at for: from which counts, and how many of them make a bar. */
export const HEALTH_RANGES = {
  '1h': { label: 'Last hour', ms: COARSE_MS, widthMs: FINE_MS, stepMs: FINE_MS },
  '24h': { label: 'Last 24 hours', ms: 24 * COARSE_MS, widthMs: FINE_MS, stepMs: COARSE_MS / 2 },
  '7d': { label: 'Last 7 days', ms: 7 * 24 * COARSE_MS, widthMs: COARSE_MS, stepMs: 4 * COARSE_MS },
  '30d': { label: 'Last 30 days', ms: 30 * 24 * COARSE_MS, widthMs: COARSE_MS, stepMs: 24 * COARSE_MS },
} as const;
export type HealthRange = keyof typeof HEALTH_RANGES;
export const HEALTH_RANGE_NAMES = Object.keys(HEALTH_RANGES) as [HealthRange, ...HealthRange[]];

/** Four steps to a doubling, from 1 ms on: what is read out of them is off by less than a tenth. */
const STEPS_PER_DOUBLING = 4;
const LAST_STEP = 15 * STEPS_PER_DOUBLING; // 32 s; an attempt has 15

/** Which step of the histogram a time belongs to: the first whose end is not below it. */
export const latencyStep = (ms: number) => Math.min(LAST_STEP, Math.max(0, Math.ceil(Math.log2(Math.max(ms, 1)) * STEPS_PER_DOUBLING)));
const endOfStep = (step: number) => 2 ** (step / STEPS_PER_DOUBLING);

/** What a count is of: attempts that ended so, or the answers of one step of the histogram. */
export type CountKind = 'delivered' | FailureCause | `ms:${number}`;

/** The time that `part` of the attempts did not exceed; null when there were none. */
export function percentile(histogram: ReadonlyMap<number, number>, part: number): number | null {
  const steps = [...histogram].toSorted(([a], [b]) => a - b);
  const all = steps.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  let below = 0;
  for (const [step, count] of steps) {
    if (below + count >= part * all) {
      const from = step === 0 ? 0 : endOfStep(step - 1);
      return from + ((part * all - below) / count) * (endOfStep(step) - from);
    }
    below += count;
  }
  return endOfStep(steps.at(-1)![0]);
}
