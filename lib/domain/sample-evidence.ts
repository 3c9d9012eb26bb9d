import type { MetricEvidence } from './decision.ts';
import type { AutomationEvent } from './event-types.ts';
import type { Aggregate, Filter, MetricChange, MetricThreshold, MetricZscore } from './filter.ts';
import { priorWindowOf } from './prior-window.ts';

const DEFAULT_THRESHOLD: MetricThreshold = { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 };
const DEFAULT_CHANGE: MetricChange = {
  name: 'val/loss',
  aggregate: 'average',
  window: 10,
  priorWindow: 50,
  measure: 'relative',
  by: 'decrease',
  amount: 0.1,
};
const DEFAULT_ZSCORE: MetricZscore = { name: 'system.gpu.0.memory', window: 30, direction: 'either', threshold: 3 };

/** What a rule would have seen at the moment it fired: values that meet it by a little. */
export function sampleEvidence(on: AutomationEvent, filter: Filter): MetricEvidence {
  switch (on) {
    case 'run.metric_change':
      return changeEvidence(filter.change ?? DEFAULT_CHANGE);
    case 'run.metric_zscore':
      return zscoreEvidence(filter.zscore ?? DEFAULT_ZSCORE);
    default:
      return thresholdEvidence(filter.metric ?? DEFAULT_THRESHOLD);
  }
}

const at = (metric: string) => ({ metric, step: 10_500, line: 42 });

function thresholdEvidence(rule: MetricThreshold): MetricEvidence {
  if (rule.is === 'nan_or_infinite') return { ...at(rule.name), value: 'NaN', compared: null, windows: { current: [] } };
  const limit = rule.threshold ?? 0;
  const margin = 0.004 * (Math.abs(limit) || 1);
  const target = finite(rule.is.startsWith('below') ? limit - margin : rule.is === 'equal' ? limit : limit + margin);
  const current =
    rule.is === 'equal' ? new Array<number>(lengthOf(rule)).fill(limit) : valuesAround(target, rule.aggregate, lengthOf(rule));
  return { ...at(rule.name), value: current.at(-1) ?? limit, compared: aggregateOf(current, rule.aggregate), windows: { current } };
}

function changeEvidence(rule: MetricChange): MetricEvidence {
  const before = 0.42;
  const share = rule.by === 'less_than' ? 0.4 : 1.05;
  const distance = rule.amount * share * (rule.measure === 'relative' ? before : 1);
  const after = rule.by === 'decrease' ? before - distance : before + distance;
  const single = rule.aggregate === 'none';
  const prior = Array.from({ length: single ? 1 : priorWindowOf(rule) }, () => before);
  const current = Array.from({ length: single ? 1 : rule.window }, () => tidy(after));
  const difference = Math.abs(current[0]! - before);
  const compared = tidy(rule.measure === 'relative' ? difference / before : difference);
  return { ...at(rule.name), value: current.at(-1)!, compared, windows: { current, prior } };
}

function zscoreEvidence(rule: MetricZscore): MetricEvidence {
  const prior = Array.from({ length: rule.window }, (_, index) => (index % 2 ? 41.8 : 42.2));
  const mean = prior.reduce((sum, value) => sum + value, 0) / prior.length;
  const deviation = Math.sqrt(prior.reduce((sum, value) => sum + (value - mean) ** 2, 0) / prior.length);
  const sign = rule.direction === 'below' ? -1 : 1;
  const value = tidy(mean + sign * deviation * rule.threshold * 1.1);
  return { ...at(rule.name), value, compared: tidy((value - mean) / deviation), windows: { current: [value], prior } };
}

const lengthOf = (rule: MetricThreshold) => (rule.aggregate === 'none' ? 1 : rule.window);
/** Also limits at the end of the range of numbers have a sample. */
const finite = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
const tidy = (value: number) => Number(finite(value).toPrecision(6));

/** Values that scatter as a real run's do, with `target` as their average, lowest or highest. */
function valuesAround(target: number, aggregate: Aggregate, count: number): number[] {
  if (count === 1) return [tidy(target)];
  const raw = Array.from({ length: count }, (_, index) => ((index * 37 + 11) % 53) / 53);
  const centre = { none: 0, average: raw.reduce((sum, value) => sum + value, 0) / count, min: Math.min(...raw), max: Math.max(...raw) }[
    aggregate
  ];
  const spread = 0.03 * (Math.abs(target) || 1);
  return raw.map((value) => tidy(target + (value - centre) * spread));
}

function aggregateOf(values: number[], aggregate: Aggregate): number {
  if (aggregate === 'min') return Math.min(...values);
  if (aggregate === 'max') return Math.max(...values);
  if (aggregate === 'average') return tidy(values.reduce((sum, value) => sum + value / values.length, 0));
  return values.at(-1)!;
}
