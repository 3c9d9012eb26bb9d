import { decide } from '#lib/domain/decide.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { MetricFinding } from '#lib/domain/facts.ts';
import { judgeSeries } from '#lib/domain/judge-series.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { streamOfMetric } from '#lib/domain/run-stream.ts';
import type { EventOf } from '#lib/domain/tracked-event.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import { readSeriesPart, type StoredSeries } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import type { RunWithProgress } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';

/** What a rule on a metric found in a whole run: where it fires, or the value that came nearest. */
export type RunFinding = { decision: Decision; key: string; values: number; newestAt: number };

/** Values judged for one answer, all rules together, and of one metric at most: the newest count. */
const VALUES_IN_ALL = 2_000_000;
const LINES_OF_A_METRIC = 200_000;

/**
 * Judges the run's stored values by each rule, as they were when they came: those from before an automation listened fill its
 * windows and are not judged. `isPartial` says that the run has older values still.
 */
export async function judgeRunMetrics(
  ctx: Context,
  held: RunWithProgress,
  event: EventOf<'run.metrics'>,
  watchers: readonly Candidate[],
): Promise<{ findings: Map<number, RunFinding>; isPartial: boolean }> {
  const findings = new Map<number, RunFinding>();
  if (watchers.length === 0) return { findings, isPartial: false };
  const run = { entityId: held.run.entityId, run: held.run.id };
  const known = new Set(await listRunMetrics(ctx.reader, run));
  const lines = Math.min(LINES_OF_A_METRIC, Math.ceil(VALUES_IN_ALL / watchers.length));
  const series = new Map<string, StoredSeries | null>();
  let isPartial = false;
  for (const watcher of watchers) {
    const rule = compileMetricRule(watcher.automation.on, watcher.automation.filter);
    if (!rule) continue;
    const key = resolveMetricKey(rule.metricName, (name) => known.has(name));
    const stream = streamOfMetric(held.run.source, key);
    const total = stream === 'system' ? held.progress.systemLines : held.progress.historyLines;
    if (!series.has(key)) {
      const from = Math.max(0, total - lines);
      isPartial ||= from > 0;
      series.set(key, known.has(key) ? (await readSeriesPart(ctx.reader, run, stream, key, { from, lines })).series : null);
    }
    findings.set(watcher.automation.id, judge(watcher, event, key, series.get(key) ?? null));
    await new Promise(setImmediate); // other requests get their turn
  }
  return { findings, isPartial };
}

function judge({ automation, armedAt }: Candidate, event: EventOf<'run.metrics'>, key: string, series: StoredSeries | null): RunFinding {
  const window = compileMetricRule(automation.on, automation.filter)!.open();
  const count = series?.values.length ?? 0;
  const before = series ? valuesBefore(series, armedAt) : 0;
  for (let index = 0; index < before; index++) window.take(series!.values[index]!);
  const finding: MetricFinding = series
    ? judgeSeries(window, key, series, { closest: true }, { from: before, to: count })
    : { key, values: 0, judged: false, held: 0, needed: window.needed, fired: null, closest: null };
  const newestAt = series?.receivedAt.at(-1) ?? event.receivedAt;
  return { decision: decide(automation, event, { nowMs: newestAt, metric: finding, explainSkips: true }), key, values: count, newestAt };
}

/** How many came before it listened; none where all of them did: then it is told what they would have made it do. */
function valuesBefore({ ends, receivedAt, values }: StoredSeries, armedAt: number): number {
  const batches = receivedAt.findLastIndex((at) => at < armedAt);
  const before = batches === -1 ? 0 : ends[batches]!;
  return before === values.length ? 0 : before;
}
