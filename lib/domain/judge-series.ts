import type { MetricEvidence } from './decision.ts';
import type { MetricFinding } from './facts.ts';
import type { RuleWindow } from './metric-rules.ts';
import { type MetricSeries, toMetricValue } from './metric-values.ts';

/** Values of each window that a near miss shows; a firing shows them all. */
const CLOSEST_SHOWS = 50;

/** `closest` is for who explains what did not fire; `windows: false` leaves the windows' values away where nobody will see them. */
type Wanted = { closest: boolean; windows?: boolean };

/** Which values of a series came as one batch, where the series holds more than one. */
export type Batch = { from: number; to: number };

/**
 * Judges a batch's values of one metric in line order and leaves the window behind the last of them. Reports the first value
 * at which the rule fires or, where nothing does and `closest` is asked for, the value that came nearest.
 */
export function judgeSeries(
  window: RuleWindow,
  key: string,
  series: MetricSeries,
  want: Wanted,
  { from, to }: Batch = { from: 0, to: series.values.length },
): MetricFinding {
  const { values } = series;
  let fired: MetricEvidence | null = null;
  let closest: MetricEvidence | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  let judged = false;
  let index = from;
  for (; index < to; index++) {
    const fires = window.judge(values[index]!);
    judged ||= window.wasJudged;
    if (fires) {
      fired = evidenceOf(window, key, series, index, want.windows === false ? 0 : undefined);
      break;
    }
    if (want.closest && window.wasJudged && (closest === null || window.distance < nearest)) {
      nearest = window.distance;
      closest = evidenceOf(window, key, series, index, CLOSEST_SHOWS);
    }
  }
  for (index++; index < to; index++) window.take(values[index]!);
  return { key, values: to - from, judged, held: window.held, needed: window.needed, fired, closest: fired ? null : closest };
}

function evidenceOf(window: RuleWindow, key: string, series: MetricSeries, index: number, limit?: number): MetricEvidence {
  return {
    metric: key,
    step: series.steps[index]!,
    line: series.lines[index]!,
    value: toMetricValue(series.values[index]!),
    compared: window.compared,
    windows: window.windows(limit),
  };
}
