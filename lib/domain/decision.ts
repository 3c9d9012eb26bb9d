import type { AutomationEvent } from './event-types.ts';
import type { Filter } from './filter.ts';
import type { MetricValue } from './tracked-event.ts';

/** One condition with the values it was judged by, in words: "average of the last 5 val/loss was 0.34, not below 0.3". */
export type ClauseResult = { clause: ClauseName; holds: boolean; text: string };

export type ClauseName =
  | 'enabled'
  | 'scope'
  | 'event'
  | 'alias'
  | 'tag'
  | 'collection'
  | 'run'
  | 'query'
  | 'state'
  | 'window'
  | 'condition'
  | 'limit'
  | 'cooldown'
  | 'storm'
  | 'target'
  | 'manual';

/** What the judged metric looked like at the moment of the decision. */
export type MetricEvidence = {
  /** The metric's key as found: `cpu` may have been taken as `system.cpu`. */
  metric: string;
  step: number;
  /** Index of the line in the run's history. */
  line: number;
  value: MetricValue;
  /** The compared number: aggregate, change or z-score. */
  compared: number | null;
  windows: { current: number[]; prior?: number[] };
};

export type SkipReason =
  | 'disabled'
  | 'out_of_scope'
  | 'filter_did_not_match'
  | 'window_not_full'
  | 'fired_within_24_hours'
  | 'cooldown'
  | 'storm_guard'
  | 'target_disabled'
  | 'target_gone';

/** The rule as it was when it was judged, for payloads and pages: an automation may be edited or gone by then. */
export type JudgedRule = { on: AutomationEvent; filter: Filter };

/** Fire, or skip because. Some skips leave a skipped execution (cooldown, storm guard, target), the others only a reason. */
export type Decision =
  | { kind: 'fire'; clauses: ClauseResult[]; evidence?: MetricEvidence; rule?: JudgedRule }
  | { kind: 'skip'; because: SkipReason; clauses: ClauseResult[]; evidence?: MetricEvidence; rule?: JudgedRule };

/** Skips that must be seen as a row of the history; the rest are kept as near misses only. */
export const RECORDED_SKIPS: readonly SkipReason[] = ['cooldown', 'storm_guard', 'target_disabled', 'target_gone'];
