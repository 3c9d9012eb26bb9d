import type { Automation } from '#lib/domain/automation.ts';
import { decide } from '#lib/domain/decide.ts';
import type { MetricEvidence } from '#lib/domain/decision.ts';
import type { MetricFinding } from '#lib/domain/facts.ts';
import { judgeSeries } from '#lib/domain/judge-series.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { ruleDistance } from '#lib/domain/rule-distance.ts';
import { streamOfMetric } from '#lib/domain/run-stream.ts';
import type { EventOf } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { findMetricsEvent } from '#lib/store/events.ts';
import { readSeries, type StoredSeries } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { findRunByNumber } from '#lib/store/runs.ts';
import type { Judged } from './judge-recent.ts';
import { newestMetricsEventId, valuesOf, type WatchedRun } from './watched-history.ts';

type Found = MetricFinding & { series: StoredSeries };

/**
 * A whole run by a rule on a metric: its first firing, or the value that came nearest, with the event in which that came.
 * Where that event was not kept, the run as it is now stands for it. Null where the run never logged the metric.
 */
export async function judgeRun(db: Db, automation: Automation, held: WatchedRun): Promise<(Judged & { values: number }) | null> {
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const { run } = held;
  const at = { entityId: run.entityId, run: run.id };
  const known = new Set(await listRunMetrics(db, at));
  const key = resolveMetricKey(rule.metricName, (name) => known.has(name));
  if (!known.has(key)) return null;
  const window = rule.open();
  let values = 0;
  let best: Found | null = null;
  for await (const series of readSeries(db, at, streamOfMetric(run.source, key), key)) {
    const finding = judgeSeries(window, key, series, { closest: true });
    values += finding.values;
    if (best === null || finding.fired || ruleDistance(automation.filter, finding.closest) <= ruleDistance(automation.filter, best.closest))
      best = { ...finding, series };
    if (finding.fired) break;
  }
  if (best === null) return null;
  const { series, ...metric } = best;
  const event = await eventOf(db, held, metric.fired ?? metric.closest, series);
  return { decision: decide(automation, event, { nowMs: event.receivedAt, metric, explainSkips: true }), values, event };
}

async function eventOf(db: Db, held: WatchedRun, evidence: MetricEvidence | null, series: StoredSeries): Promise<EventOf<'run.metrics'>> {
  const { run } = held;
  const receivedAt = evidence && arrivalOf(series, evidence.line);
  const kept = evidence && (await findMetricsEvent(db, { entityId: run.entityId, run: run.id }, { ...evidence, receivedAt: receivedAt! }));
  if (kept) return kept;
  const at = receivedAt ?? held.event.at;
  return { ...held.event, at, receivedAt: at, id: await newestMetricsEventId(db, held) };
}

const arrivalOf = ({ lines, ends, receivedAt }: StoredSeries, line: number): number => {
  const index = Array.prototype.indexOf.call(lines, line);
  return receivedAt[ends.findIndex((end) => index < end)]!;
};

/** The run of one of its events, judged whole. */
export async function* judgeRunOf(
  db: Db,
  { automation, event, now }: { automation: Automation; event: EventOf<'run.metrics'>; now: number },
): AsyncGenerator<Judged> {
  const held = await findRunByNumber(db, event.place.entityId, event.run.id);
  const judged = held && (await judgeRun(db, automation, { ...held, event: valuesOf(held, event.place, now) }));
  if (judged) yield { event: judged.event, decision: judged.decision };
}
