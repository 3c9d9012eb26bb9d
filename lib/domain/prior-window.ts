import type { MetricChange } from './filter.ts';

/** How many values a change is compared with. */
export const priorWindowOf = (rule: MetricChange) => rule.priorWindow ?? rule.window;
