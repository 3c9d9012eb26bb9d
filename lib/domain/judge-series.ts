import type { MetricEvidence } from './decision.ts';
import type { MetricFinding } from './facts.ts';
import type { RuleWindow } from './metric-rules.ts';
import { type MetricSeries, toMetricValue } from './metric-values.ts';

/** Values of each window that a near miss shows; a firing shows them all. */
const CLOSEST_SHOWS = 50;

/**
 * Judges a batch's values of one metric in line order and leaves the window behind the last of them. Reports the first value
 * at which the rule fires or, where nothing does and `closest` is asked for, the value that came nearest.
 */
export function judgeSeries(window: RuleWindow, key: string, series: MetricSeries, want: { closest: boolean }): MetricFinding {
  const { values } = series;
  let fired: MetricEvidence | null = null;
  let closest: MetricEvidence | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  let judged = false;
  let index = 0;
  for (; index < values.length; index++) {
    const fires = window.judge(values[index]!);
    judged ||= window.wasJudged;
    if (fires) {
      fired = evidenceOf(window, key, series, index);
      break;
    }
    if (want.closest && window.wasJudged && (closest === null || window.distance < nearest)) {
      nearest = window.distance;
      closest = evidenceOf(window, key, series, index, CLOSEST_SHOWS);
    }
  }
  for (index++; index < values.length; index++) window.take(values[index]!);
  return { key, values: values.length, judged, held: window.held, needed: window.needed, fired, closest: fired ? null : closest };
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
