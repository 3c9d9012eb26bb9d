import type { Automation } from '#lib/domain/automation.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { Facts, MetricFinding } from '#lib/domain/facts.ts';
import { judgeSeries } from '#lib/domain/judge-series.ts';
import { compileMetricRule, openWindow } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey, seriesOf } from '#lib/domain/metric-values.ts';
import { streamOfMetric } from '#lib/domain/run-stream.ts';
import type { EventOf } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { listLastValues } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { findRunByNumber } from '#lib/store/runs.ts';
import type { ChosenEvent } from './choose-event.ts';

/** What the automation would decide about one event, of the limits only those `known`: the same rule as live ingest. */
export async function judgeEvent(db: Db, automation: Automation, chosen: ChosenEvent, known: Partial<Facts> = {}): Promise<Decision> {
  const { event } = chosen;
  const metric = event.type === 'run.metrics' ? await findMetric(db, automation, event, chosen) : undefined;
  return decide(automation, event, { nowMs: event.receivedAt, explainSkips: true, ...known, ...(metric && { metric }) });
}

async function findMetric(
  db: Db,
  automation: Automation,
  event: EventOf<'run.metrics'>,
  { source, evidence }: ChosenEvent,
): Promise<MetricFinding> {
  const rule = compileMetricRule(automation.on, automation.filter);
  if (!rule) return { key: '', values: 0, judged: false, held: 0, needed: 0, fired: null, closest: null };
  // A sample shows the rule at the moment it fires; its few lines stand for a whole window.
  if (source === 'sample' && evidence) {
    const { needed } = rule.open();
    return { key: evidence.metric, values: 1, judged: true, held: needed, needed, fired: evidence, closest: null };
  }
  const run = { entityId: event.place.entityId, run: event.run.id };
  const known =
    source === 'stored' ? new Set(await listRunMetrics(db, run)) : new Set(event.lines.flatMap(({ values }) => Object.keys(values)));
  const key = resolveMetricKey(rule.metricName, (name) => known.has(name));
  const earlier = source === 'stored' ? await valuesBefore(db, event, key, rule.history) : [];
  return judgeSeries(openWindow(rule, earlier), key, seriesOf(event.lines, event.firstLine, key), { closest: true });
}

async function valuesBefore(db: Db, { place, run, firstLine }: EventOf<'run.metrics'>, key: string, count: number): Promise<number[]> {
  const held = await findRunByNumber(db, place.entityId, run.id);
  if (!held) return [];
  return listLastValues(db, { entityId: place.entityId, run: run.id }, streamOfMetric(held.run.source, key), key, firstLine, count);
}
