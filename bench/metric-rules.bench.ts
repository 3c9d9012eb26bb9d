import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { Filter } from '#lib/domain/filter.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import type { Measurement, Scenario } from './scenario.ts';

/** What one logged value costs one metric rule, for windows of 1 to 10,000: flat within 2 times, at most 1 µs. */

const WINDOWS = [1, 10, 1_000, 10_000];
const VALUES = 100_000;
const ROUNDS = 12;

const RULES: { name: string; on: AutomationEvent; smallest?: number; filter: (window: number) => object }[] = [
  ...(['average', 'min', 'max'] as const).map((aggregate) => ({
    name: `threshold, ${aggregate}`,
    on: 'run.metric_threshold' as const,
    filter: (window: number) => ({ metric: { name: 'loss', aggregate, window, is: 'below', threshold: -1e9 } }),
  })),
  ...(['average', 'max'] as const).map((aggregate) => ({
    name: `change, ${aggregate}`,
    on: 'run.metric_change' as const,
    filter: (window: number) => ({ change: { name: 'loss', aggregate, window, by: 'increase', amount: 1e9 } }),
  })),
  {
    name: 'z-score',
    on: 'run.metric_zscore',
    smallest: 2,
    filter: (window) => ({ zscore: { name: 'loss', window, threshold: 1e9 } }),
  },
];

/** A noisy falling loss, as trainings log it; the same in every run of the benchmark. */
function lossCurve(length: number): Float64Array {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return Float64Array.from({ length }, (_, i) => 2.5 * Math.exp(-i / 50_000) + 0.05 * random());
}

function nanosecondsPerValue(on: AutomationEvent, filter: object, values: Float64Array): number {
  const window = compileMetricRule(on, Filter.parse(filter))!.open();
  for (let i = 0; i < 20_000; i++) window.take(values[i]!); // every window is full before the clock starts
  let fired = 0;
  const startedAt = process.threadCpuUsage(); // not the clock: what else the machine does must not count
  for (const value of values) if (window.judge(value)) fired++;
  const { user, system } = process.threadCpuUsage(startedAt);
  if (fired > 0) throw new Error('These rules must never fire: firing is not what is measured.');
  return ((user + system) * 1000) / values.length;
}

/** The median of several rounds, all windows in each, so that what else the machine does hits none of them alone. */
function costsOf(rule: (typeof RULES)[number], values: Float64Array): number[] {
  const costs: number[][] = WINDOWS.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, window] of WINDOWS.entries()) {
      costs[index]!.push(nanosecondsPerValue(rule.on, rule.filter(Math.max(window, rule.smallest ?? 1)), values));
    }
  }
  return costs.map((measured) => measured.toSorted((a, b) => a - b)[ROUNDS >> 1]!);
}

async function run(): Promise<Measurement[]> {
  const values = lossCurve(VALUES);
  return RULES.flatMap((rule) => {
    const costs = costsOf(rule, values);
    const rows = costs.map((value, index) => ({ name: `${rule.name}, window ${WINDOWS[index]!.toLocaleString('en')}`, value, unit: 'ns' }));
    return [...rows, { name: `${rule.name}, dearest over cheapest`, value: Math.max(...costs) / Math.min(...costs), unit: 'times' }];
  });
}

export const metricRules: Scenario = { name: 'metric-rules', run };
