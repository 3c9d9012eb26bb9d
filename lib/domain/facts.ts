import type { MetricEvidence } from './decision.ts';

/** What a metric rule found in one batch of lines; made by judgeSeries. */
export type MetricFinding = {
  /** The key that was read: `cpu` may have been taken as `system.cpu`. */
  key: string;
  /** Values of the metric in the batch, non-finite ones included. */
  values: number;
  /** Whether at least one of them found its windows full. */
  judged: boolean;
  /** Finite values held at the end of the batch, of `needed`. */
  held: number;
  needed: number;
  /** The first value at which the rule fires. */
  fired: MetricEvidence | null;
  /** Where nothing fired and it was asked for: the value that came nearest. */
  closest: MetricEvidence | null;
};

/**
 * Everything `decide` needs besides automation and event. The limits may be left away to ask only whether the filter
 * matches; the engine does so first and loads them for the few that match.
 */
export type Facts = {
  nowMs: number;
  /** For metric events. */
  metric?: MetricFinding | undefined;
  /** When the slot of slotKey was taken last, null when never. */
  slotTakenAt?: number | null | undefined;
  /** The last firing that was not skipped, null when there is none. */
  lastFiredAt?: number | null | undefined;
  /** Firings of the current minute of the clock that were not skipped, this one left out. */
  firingsThisMinute?: number | undefined;
  /** The webhook or channel the action goes to. */
  target?: 'ok' | 'disabled' | 'gone' | undefined;
  /** False leaves the clauses of a skip empty: live ingest explains only what it keeps. */
  explainSkips?: boolean | undefined;
};
