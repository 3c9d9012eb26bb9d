import type { Automation } from '#lib/domain/automation.ts';
import { Backtest } from '#lib/domain/backtest.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import type { MetricFinding } from '#lib/domain/facts.ts';
import { judgeSeries } from '#lib/domain/judge-series.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { ruleDistance } from '#lib/domain/rule-distance.ts';
import { streamOfMetric } from '#lib/domain/run-stream.ts';
import type { EventOf, TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { readSeries } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import type { Replay } from './replay.ts';
import { shortened } from './shortened.ts';
import { listWatchedEvents, listWatchedRuns, newestMetricsEventId, type WatchedRun } from './watched-history.ts';

export type Judged = { event: TrackedEvent; decision: Decision };

const EVENTS_LOOKED_AT = 200;
const RUNS_LOOKED_AT = 50;
/** Values judged at most, so that an answer comes while somebody types. */
const VALUES_LOOKED_AT = 300_000;

/** What an automation would have made of what happened last, newest first. */
export async function* judgeRecent(
  db: Db,
  { automation, ranges, now }: Omit<Replay, 'since' | 'publicUrl'>,
): AsyncGenerator<Judged | null> {
  if (isMetricEvent(automation.on)) {
    yield* judgeRuns(db, automation, await listWatchedRuns(db, ranges, RUNS_LOOKED_AT, now));
    return;
  }
  const oldestFirst = await listWatchedEvents(db, ranges, automation.on as TrackedEventType, EVENTS_LOOKED_AT);
  const backtest = new Backtest(automation, { explainSkips: true }); // the limits count as they would have
  yield* oldestFirst.map((event) => ({ event, decision: backtest.feedEvent(event) })).reverse();
}

/** Each run alone: its first firing, or the value that came nearest. Runs that never logged the metric are left away. */
async function* judgeRuns(db: Db, automation: Automation, runs: readonly WatchedRun[]): AsyncGenerator<Judged | null> {
  let values = 0;
  for (const held of runs) {
    if (values >= VALUES_LOOKED_AT) return;
    const found = await judgeRun(db, automation, held);
    if (!found) yield null;
    else {
      values += found.values;
      yield { decision: shortened(found.decision), event: { ...found.event, id: await newestMetricsEventId(db, held) } };
    }
  }
}

async function judgeRun(db: Db, automation: Automation, { run, event }: WatchedRun) {
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const at = { entityId: run.entityId, run: run.id };
  const known = new Set(await listRunMetrics(db, at));
  const key = resolveMetricKey(rule.metricName, (name) => known.has(name));
  if (!known.has(key)) return null;
  const window = rule.open();
  let values = 0;
  let best: MetricFinding | null = null;
  for await (const series of readSeries(db, at, streamOfMetric(run.source, key), key)) {
    const finding = judgeSeries(window, key, series, { closest: true });
    values += finding.values;
    if (best === null || finding.fired || ruleDistance(automation.filter, finding.closest) <= ruleDistance(automation.filter, best.closest))
      best = finding;
    if (finding.fired) break;
  }
  if (best === null) return null;
  const decision = decide(automation, event, { nowMs: event.receivedAt, metric: best, explainSkips: true });
  return { decision, values, event: shown(event, decision) };
}

/** The run's event with the line that decided. */
function shown(event: EventOf<'run.metrics'>, { evidence }: Decision): EventOf<'run.metrics'> {
  if (!evidence) return event;
  return { ...event, firstLine: evidence.line, lines: [{ step: evidence.step, values: { [evidence.metric]: evidence.value } }] };
}
