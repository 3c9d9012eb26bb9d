import { type Check, filterCheck } from './check.ts';
import type { AutomationEvent } from './event-types.ts';
import type { MetricFinding } from './facts.ts';
import type { Aggregate, Comparison, Filter, MetricChange, MetricThreshold, MetricZscore } from './filter.ts';
import { windowLength } from './metric-rules.ts';
import { priorWindowOf } from './prior-window.ts';
import { inWords, percentInWords } from './wording.ts';

const AGGREGATE_WORDS = { none: 'value', average: 'average', min: 'lowest', max: 'highest' } as const satisfies Record<Aggregate, string>;

const COMPARISON_WORDS = {
  above: 'above',
  above_or_equal: 'above or equal to',
  below: 'below',
  below_or_equal: 'below or equal to',
  equal: 'equal to',
  not_equal: 'different from',
  nan_or_infinite: 'NaN or infinite',
} as const satisfies Record<Comparison, string>;

/** Whether the windows were full, and whether the rule fired at one of the batch's values. */
export function* metricChecks(on: AutomationEvent, filter: Filter, finding: MetricFinding): Generator<Check> {
  yield {
    clause: 'window',
    holds: finding.judged,
    because: finding.values === 0 ? 'filter_did_not_match' : 'window_not_full',
    text: () => windowText(finding),
  };
  yield filterCheck('condition', finding.fired !== null, () => conditionText(on, filter, finding));
}

function windowText(finding: MetricFinding): string {
  if (finding.values === 0) return `No value of ${finding.key} was logged in these lines`;
  const shown = finding.fired ?? finding.closest;
  const held = `${inWords(Math.min(finding.held, finding.needed))} of ${inWords(finding.needed)} values of ${finding.key}`;
  return shown === null ? held : `${held}, up to step ${inWords(shown.step)}`;
}

function conditionText(on: AutomationEvent, filter: Filter, finding: MetricFinding): string {
  const seen = finding.fired ?? finding.closest;
  if (seen === null) return finding.judged ? 'No value fulfilled the condition' : 'Nothing to compare yet';
  const fired = finding.fired !== null;
  const where = fired ? '' : ` (the nearest value, at step ${inWords(seen.step)})`;
  return `${comparedText(on, filter, finding.key, seen.compared, String(seen.value), fired)}${where}`;
}

function comparedText(on: AutomationEvent, filter: Filter, key: string, compared: number | null, value: string, fired: boolean): string {
  switch (on) {
    case 'run.metric_threshold':
      return thresholdText(filter.metric!, key, compared, value, fired);
    case 'run.metric_change':
      return changeText(filter.change!, key, compared, fired);
    default:
      return zscoreText(filter.zscore!, key, compared, value, fired);
  }
}

function thresholdText(rule: MetricThreshold, key: string, compared: number | null, value: string, fired: boolean): string {
  if (rule.is === 'nan_or_infinite') return `${key} was ${value}${fired ? '' : ', which is neither NaN nor infinite'}`;
  const length = windowLength(rule.aggregate, rule.window);
  const what = rule.aggregate === 'none' ? key : `${capital(AGGREGATE_WORDS[rule.aggregate])} of the last ${inWords(length)} ${key}`;
  const relation = `${fired ? '' : 'not '}${COMPARISON_WORDS[rule.is]} ${inWords(rule.threshold!)}`;
  return `${what} was ${inWords(compared, rule.threshold)}, ${relation}`;
}

const CHANGE_WORDS = {
  increase: (amount: string) => `an increase of at least ${amount}`,
  decrease: (amount: string) => `a decrease of at least ${amount}`,
  any: (amount: string) => `a change of at least ${amount}`,
  less_than: (amount: string) => `a change of less than ${amount}`,
};

function changeText(rule: MetricChange, key: string, compared: number | null, fired: boolean): string {
  const amountText = (amount: number) => (rule.measure === 'relative' ? percentInWords(amount) : inWords(amount));
  const windows =
    rule.aggregate === 'none'
      ? `${key} against the value before`
      : `${capital(AGGREGATE_WORDS[rule.aggregate])} of the last ${inWords(rule.window)} ${key} against the ${inWords(priorWindowOf(rule))} before`;
  if (compared === null) return `${windows}: the earlier is 0, so there is no relative change`;
  const direction = compared > 0 ? 'rose by' : compared < 0 ? 'fell by' : 'changed by';
  return `${windows} ${direction} ${amountText(Math.abs(compared))}, ${fired ? '' : 'not '}${CHANGE_WORDS[rule.by](amountText(rule.amount))}`;
}

function zscoreText(rule: MetricZscore, key: string, compared: number | null, value: string, fired: boolean): string {
  const against = `the ${inWords(rule.window)} values before`;
  if (compared === null) return `${key} was ${value}; ${against} are all equal, so it has no z-score`;
  const limit = {
    above: `${inWords(rule.threshold)} or above`,
    below: `−${inWords(rule.threshold)} or below`,
    either: `${inWords(rule.threshold)} or more away from the mean`,
  };
  return `${key} was ${value}, z-score ${inWords(compared, rule.threshold)} against ${against}, ${fired ? '' : 'not '}${limit[rule.direction]}`;
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
