import type { Filter, MetricChange, MetricThreshold, MetricZscore } from './filter.ts';
import { priorWindowOf } from './prior-window.ts';

/** A piece of a sentence; `strong` carries the meaning, `mono` is a name from the users' own world. */
export type Part = { text: string; strong?: true; mono?: true };
export type Words = Part[];

export const plain = (text: string): Part => ({ text });
export const strong = (text: string): Part => ({ text, strong: true });
export const mono = (text: string): Part => ({ text, strong: true, mono: true });
export const textOf = (words: Words) => words.map(({ text }) => text).join('');

export const COMPARISON_WORDS: Record<MetricThreshold['is'], string> = {
  above: 'is above',
  above_or_equal: 'is at least',
  below: 'is below',
  below_or_equal: 'is at most',
  equal: 'equals',
  not_equal: 'does not equal',
  nan_or_infinite: 'is NaN or infinite',
};
const AGGREGATE_WORDS = { average: 'average', min: 'lowest', max: 'highest' } as const;

/** Numbers as people write them: thousands grouped from 10,000 on, at most `digits` significant ones. Not Intl, which takes 20 µs. */
export function numberWords(value: number, digits = 12): string {
  const text = String(Number(value.toPrecision(digits)));
  if (Math.abs(value) < 10_000 || /[a-zA-Z]/.test(text)) return text;
  const [whole, fraction] = text.split('.');
  return whole!.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? `.${fraction}` : '');
}

/** "45 s", "12 min", "3 h 20 min", "2 d 4 h". */
export function durationWords(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count) parts.push(`${count} ${unit}`);
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/** "average of the last 5 values of val/loss", or the metric's name alone. */
export function aggregateWords(rule: { name: string; aggregate: MetricThreshold['aggregate']; window: number }): Words {
  if (rule.aggregate === 'none') return [mono(rule.name)];
  const values = rule.window === 1 ? 'last value' : `last ${numberWords(rule.window)} values`;
  return [plain(`${AGGREGATE_WORDS[rule.aggregate]} of the ${values} of `), mono(rule.name)];
}

function thresholdWords(rule: MetricThreshold): Words {
  if (rule.is === 'nan_or_infinite') return [mono(rule.name), plain(' is NaN or infinite')];
  return [...aggregateWords(rule), plain(` ${COMPARISON_WORDS[rule.is]} `), strong(numberWords(rule.threshold ?? 0))];
}

/** "10 %" of relative changes, "0.1" of absolute ones. */
export const amountWords = (rule: Pick<MetricChange, 'measure' | 'amount'>) =>
  rule.measure === 'relative' ? `${numberWords(rule.amount * 100)} %` : numberWords(rule.amount);

const CHANGE_WORDS: Record<MetricChange['by'], string> = {
  increase: 'increases by at least',
  decrease: 'decreases by at least',
  any: 'increases or decreases by at least',
  less_than: 'changes by less than',
};

function changeWords(rule: MetricChange): Words {
  const against =
    rule.aggregate === 'none'
      ? ' against the value before'
      : ` against the ${priorWindowOf(rule) === 1 ? 'value' : `${numberWords(priorWindowOf(rule))} values`} before`;
  return [...aggregateWords(rule), plain(` ${CHANGE_WORDS[rule.by]} `), strong(amountWords(rule)), plain(against)];
}

function zscoreWords(rule: MetricZscore): Words {
  const where = { above: 'above', below: 'below', either: 'away from' }[rule.direction];
  return [
    mono(rule.name),
    plain(' lies '),
    strong(`${numberWords(rule.threshold)} standard deviations`),
    plain(` or more ${where} the mean of the ${numberWords(rule.window)} values before`),
  ];
}

/** A metric event's condition in words; null where the filter has none. */
export function metricRuleWords(filter: Filter): Words | null {
  if (filter.metric) return thresholdWords(filter.metric);
  if (filter.change) return changeWords(filter.change);
  if (filter.zscore) return zscoreWords(filter.zscore);
  return null;
}

/** The name and the limit of a metric event's rule. */
export function metricRuleOf(filter: Filter): { name: string; threshold: number | null } | null {
  if (filter.metric) return { name: filter.metric.name, threshold: filter.metric.threshold ?? null };
  if (filter.change) return { name: filter.change.name, threshold: filter.change.amount };
  if (filter.zscore) return { name: filter.zscore.name, threshold: filter.zscore.threshold };
  return null;
}
