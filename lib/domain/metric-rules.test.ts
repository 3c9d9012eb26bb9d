import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareZscore, exactMean } from './exact-oracle.testing.ts';
import { AGGREGATES, COMPARISONS, Filter, type MetricChange, type MetricThreshold, type MetricZscore } from './filter.ts';
import { judgeSeries } from './judge-series.ts';
import { compileMetricRule, type MetricRule, openWindow } from './metric-rules.ts';

type Case = { on: 'run.metric_threshold' | 'run.metric_change' | 'run.metric_zscore'; filter: Filter };

/** The definitions of the product, read aloud: quadratic, and with exact means. */
function firesAt({ filter }: Case, values: readonly number[], index: number): boolean {
  const newest = values[index]!;
  if (filter.metric?.is === 'nan_or_infinite') return !Number.isFinite(newest);
  if (!Number.isFinite(newest)) return false;
  const logged = values.slice(0, index + 1).filter(Number.isFinite);
  if (filter.metric) return thresholdFires(filter.metric, logged);
  if (filter.change) return changeFires(filter.change, logged);
  return zscoreFires(filter.zscore!, logged);
}

function aggregate(how: (typeof AGGREGATES)[number], values: number[]): number {
  if (how === 'average') return exactMean(values);
  return how === 'min' ? Math.min(...values) : how === 'max' ? Math.max(...values) : values[0]!;
}

function thresholdFires(rule: MetricThreshold, logged: number[]): boolean {
  const length = rule.aggregate === 'none' ? 1 : rule.window;
  if (logged.length < length) return false;
  const seen = aggregate(rule.aggregate, logged.slice(-length));
  const limit = rule.threshold!;
  const holds: Record<string, boolean> = {
    above: seen > limit,
    above_or_equal: seen >= limit,
    below: seen < limit,
    below_or_equal: seen <= limit,
    equal: seen === limit,
    not_equal: seen !== limit,
  };
  return holds[rule.is]!;
}

function changeFires(rule: MetricChange, logged: number[]): boolean {
  const [current, prior] = rule.aggregate === 'none' ? [1, 1] : [rule.window, rule.priorWindow ?? rule.window];
  if (logged.length < current + prior) return false;
  const now = aggregate(rule.aggregate, logged.slice(-current));
  const before = aggregate(rule.aggregate, logged.slice(-current - prior, -current));
  if (rule.measure === 'relative' && before === 0) return false;
  const amount = rule.measure === 'relative' ? Math.abs(now - before) / Math.abs(before) : Math.abs(now - before);
  if (rule.by === 'less_than') return amount < rule.amount;
  const right = rule.by === 'any' || (rule.by === 'increase' ? now > before : now < before);
  return right && amount >= rule.amount;
}

function zscoreFires(rule: MetricZscore, logged: number[]): boolean {
  if (logged.length < rule.window + 1) return false;
  const before = logged.slice(-rule.window - 1, -1);
  const above = compareZscore(logged.at(-1)!, before, rule.threshold);
  const below = compareZscore(logged.at(-1)!, before, -rule.threshold);
  if (above === null || below === null) return false;
  return (rule.direction !== 'below' && above >= 0) || (rule.direction !== 'above' && below <= 0);
}

const name = 'loss';
const amounts = fc.constantFrom(0.05, 0.1, 0.25, 0.5, 1, 2);
const windows = fc.integer({ min: 1, max: 7 });
const parsed = (on: Case['on']) => (filter: object) => ({ on, filter: Filter.parse(filter) });

const cases: Record<Case['on'], fc.Arbitrary<Case>> = {
  'run.metric_threshold': fc
    .record({
      name: fc.constant(name),
      aggregate: fc.constantFrom(...AGGREGATES),
      window: windows,
      is: fc.constantFrom(...COMPARISONS),
      threshold: fc.constantFrom(-1, 0, 0.2, 0.25, 0.5, 1),
    })
    .map((metric) => parsed('run.metric_threshold')({ metric })),
  'run.metric_change': fc
    .record(
      {
        name: fc.constant(name),
        aggregate: fc.constantFrom(...AGGREGATES),
        window: windows,
        priorWindow: windows,
        measure: fc.constantFrom('relative', 'absolute'),
        by: fc.constantFrom('increase', 'decrease', 'any', 'less_than'),
        amount: amounts,
      },
      { requiredKeys: ['name', 'by', 'amount'] },
    )
    .map((change) => parsed('run.metric_change')({ change })),
  'run.metric_zscore': fc
    .record({
      name: fc.constant(name),
      window: fc.integer({ min: 2, max: 7 }),
      direction: fc.constantFrom('above', 'below', 'either'),
      threshold: fc.constantFrom(0.5, 1, 1.5, 2, 3),
    })
    .map((zscore) => parsed('run.metric_zscore')({ zscore })),
};

const notFinite = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
/** Decimals that meet thresholds exactly, plateaus, jumps of magnitude, and everything that is not finite. */
const decimals = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 20 }).map((n) => n / 20) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.double({ min: -1e9, max: 1e9, noNaN: true }) },
  { weight: 1, arbitrary: notFinite },
);
/** Binary fractions: their exact z-scores either equal a threshold or stay clear of it by more than a rounding. */
const fractions = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -40, max: 40 }).map((n) => n / 16) },
  { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }).map((n) => n * 1024) },
  { weight: 1, arbitrary: notFinite },
);
const valuesFor = (on: Case['on']) => fc.array(on === 'run.metric_zscore' ? fractions : decimals, { maxLength: 40 });

const compile = ({ on, filter }: Case) => compileMetricRule(on, filter)!;
const seriesFrom = (values: readonly number[], from: number) => {
  const lines = values.map((_, index) => from + index);
  return { lines, steps: lines.map((line) => line * 10), values };
};

/** Firings when the values come in batches: the first of each, by its line. */
function firingsInBatches(rule: MetricRule, values: readonly number[], cuts: readonly number[], rebuild: boolean): number[] {
  const firings: number[] = [];
  let window = rule.open();
  let from = 0;
  for (const to of [...cuts, values.length]) {
    if (rebuild) window = openWindow(rule, values.slice(0, from).filter(Number.isFinite).slice(-rule.history));
    const finding = judgeSeries(window, name, seriesFrom(values.slice(from, to), from), { closest: from % 2 === 0 });
    if (finding.fired) firings.push(finding.fired.line);
    from = to;
  }
  return firings;
}

describe.each(Object.keys(cases) as Case['on'][])('%s', (on) => {
  test('fires exactly where its definition says', () => {
    fc.assert(
      fc.property(cases[on], valuesFor(on), (rule, values) => {
        const window = compile(rule).open();
        const fired = values.map((value) => window.judge(value));
        expect(fired).toEqual(values.map((_, index) => firesAt(rule, values, index)));
      }),
      { numRuns: 3000 },
    );
  });

  test('fires the same whole, cut at any place, and with windows rebuilt from what was stored', () => {
    fc.assert(
      fc.property(cases[on], valuesFor(on), (rule, values) => {
        const first = values.findIndex((_, index) => firesAt(rule, values, index));
        for (let cut = 0; cut <= values.length; cut++) {
          const live = firingsInBatches(compile(rule), values, [cut], false);
          expect(firingsInBatches(compile(rule), values, [cut], true)).toEqual(live);
          expect(live[0] ?? -1).toBe(first);
        }
        const oneByOne = values.map((_, index) => index + 1);
        const all = values.flatMap((_, index) => (firesAt(rule, values, index) ? [index] : []));
        expect(firingsInBatches(compile(rule), values, oneByOne, true)).toEqual(all);
      }),
      { numRuns: 300 },
    );
  });
});

describe('at the boundary', () => {
  const fires = (on: Case['on'], filter: object, values: number[]) => {
    const window = compile(parsed(on)(filter)).open();
    return values.map((value) => window.judge(value)).at(-1);
  };
  const change = (some: object, values: number[]) => fires('run.metric_change', { change: { name, ...some } }, values);
  const zscore = (some: object, values: number[]) => fires('run.metric_zscore', { zscore: { name, ...some } }, values);

  test.each([
    ['above', 0.3, false],
    ['above_or_equal', 0.3, true],
    ['below', 0.3, false],
    ['below_or_equal', 0.3, true],
    ['equal', 0.3, true],
    ['not_equal', 0.3, false],
    ['nan_or_infinite', 0.3, false],
    ['nan_or_infinite', Number.NaN, true],
    ['not_equal', Number.NaN, false],
    ['above', Number.POSITIVE_INFINITY, false],
  ])('%s 0.3 at %d: %s', (is, value, expected) =>
    expect(fires('run.metric_threshold', { metric: { name, is, threshold: 0.3 } }, [value])).toBe(expected),
  );

  test('a change amount is reached by equality', () => {
    expect(change({ by: 'decrease', amount: 0.1 }, [100, 90])).toBe(true);
    expect(change({ by: 'decrease', amount: 0.1 }, [100, 90.01])).toBe(false);
    expect(change({ by: 'increase', amount: 0.1 }, [100, 90])).toBe(false);
    expect(change({ by: 'any', amount: 0.1 }, [-100, -90])).toBe(true);
  });
  test('"changes by less than" is strict', () => {
    expect(change({ by: 'less_than', amount: 0.1 }, [100, 90])).toBe(false);
    expect(change({ by: 'less_than', amount: 0.1 }, [100, 91])).toBe(true);
  });
  test('a prior of 0 has no relative change, but an absolute one', () => {
    expect(change({ by: 'any', amount: 0.1 }, [0, 5])).toBe(false);
    expect(change({ by: 'less_than', amount: 0.1 }, [0, 0])).toBe(false);
    expect(change({ by: 'any', amount: 0.1, measure: 'absolute' }, [0, 5])).toBe(true);
  });
  test('windows without an aggregate are single values, whatever length they were given', () => {
    expect(change({ by: 'increase', amount: 1, window: 10, priorWindow: 50 }, [1, 2])).toBe(true);
  });
  test('a z-score is reached by equality on either side, and none exists over equal values', () => {
    expect(zscore({ window: 2, threshold: 2 }, [0, 2, 3])).toBe(true);
    expect(zscore({ window: 2, threshold: 2, direction: 'below' }, [0, 2, -1])).toBe(true);
    expect(zscore({ window: 2, threshold: 2, direction: 'above' }, [0, 2, -1])).toBe(false);
    expect(zscore({ window: 3, threshold: 2 }, [0.1, 0.1, 0.1, 9])).toBe(false);
  });
  test('a window of 10,000 average slides for 50,000 values without drifting by a bit', () => {
    const values = Array.from({ length: 50_000 }, (_, i) => Math.sin(i) * 10 ** (i % 7));
    const rule = compile(
      parsed('run.metric_threshold')({ metric: { name, aggregate: 'average', window: 10_000, is: 'above', threshold: 1e9 } }),
    );
    const slid = openWindow(rule, values);
    const rebuilt = openWindow(rule, values.slice(-10_000));
    slid.judge(0.1);
    rebuilt.judge(0.1);
    expect(slid.compared).toBe(rebuilt.compared);
  });
});
