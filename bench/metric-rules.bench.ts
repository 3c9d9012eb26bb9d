import { cpus } from 'node:os';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { Filter } from '#lib/domain/filter.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';

/** What one logged value costs one metric rule, for windows of 1 to 10,000: flat within 2 times, at most 1 µs. */

const WINDOWS = [1, 10, 1_000, 10_000];
const VALUES = 200_000;
const ROUNDS = 5;

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
  const rule = compileMetricRule(on, Filter.parse(filter))!;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const window = rule.open();
    let fired = 0;
    for (let i = 0; i < 20_000; i++) window.take(values[i]!); // every window is full before the clock starts
    const startedAt = performance.now();
    for (const value of values) if (window.judge(value)) fired++;
    best = Math.min(best, ((performance.now() - startedAt) * 1e6) / values.length);
    if (fired > 0) throw new Error('These rules must never fire: firing is not what is measured.');
  }
  return best;
}

export async function run(): Promise<void> {
  const values = lossCurve(VALUES);
  const cpu = cpus()[0]?.model ?? 'unknown processor';
  console.log(`${cpu}, ${cpus().length} cores, Node ${process.version}`);
  console.log(['ns per value and rule'.padEnd(22), ...WINDOWS.map((window) => String(window).padStart(8)), '   worst/best'].join(''));
  for (const { name, on, filter, smallest = 1 } of RULES) {
    const costs = WINDOWS.map((window) => nanosecondsPerValue(on, filter(Math.max(window, smallest)), values));
    const ratio = Math.max(...costs) / Math.min(...costs);
    const verdict = Math.max(...costs) <= 1000 && ratio <= 2 ? 'ok' : 'MISSED';
    console.log(
      [name.padEnd(22), ...costs.map((cost) => cost.toFixed(0).padStart(8)), `${ratio.toFixed(2).padStart(10)}  ${verdict}`].join(''),
    );
  }
}

export default { name: 'metric-rules', run };

if (import.meta.main) await run();
