import type { MetricEvidence } from './decision.ts';
import type { Filter } from './filter.ts';

/** How far a metric's judged value was from firing; infinite where nothing was compared, or by a rule that no distance is known of. */
export function ruleDistance(filter: Filter, evidence: MetricEvidence | null | undefined): number {
  const limit = filter.metric?.threshold ?? filter.change?.amount ?? filter.zscore?.threshold;
  if (!evidence || evidence.compared === null || limit === undefined) return Number.POSITIVE_INFINITY;
  return Math.abs((filter.metric ? evidence.compared : Math.abs(evidence.compared)) - limit);
}
