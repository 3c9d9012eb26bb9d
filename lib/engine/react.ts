import type { Automation } from '#lib/domain/automation.ts';
import { decide } from '#lib/domain/decide.ts';
import { type AutomationEvent, METRIC_EVENTS } from '#lib/domain/event-types.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import { fireAll, type Match } from './fire.ts';
import type { Ingest } from './ingest.ts';
import { type MetricBatch, MetricJudge, namesOf, noteMetrics } from './judge-metrics.ts';

/** Event → automations that watch its place → decision of each → executions. */
export async function reactToEvent(ingest: Ingest, event: TrackedEvent): Promise<void> {
  ingest.keepEvent(event);
  const candidates = await ingest.watchers.find(event.place, [event.type as AutomationEvent]);
  await reactWith(ingest, event, candidates);
}

/** The same for chosen automations: silence and schedules concern one at a time. */
export async function reactWith(ingest: Ingest, event: TrackedEvent, candidates: readonly Candidate[]): Promise<void> {
  const matches: Match[] = [];
  for (const { automation } of candidates) judge(ingest, event, automation, {}, matches);
  await fireAll(ingest, event, matches);
}

/** A flushed batch of lines: only rules about its metrics are asked. Answers whether it made an execution. */
export async function reactToMetrics(ingest: Ingest, batch: MetricBatch): Promise<boolean> {
  const { event } = batch;
  const metrics = await noteMetrics(ingest, batch);
  const candidates = await ingest.watchers.find(event.place, METRIC_EVENTS, namesOf(metrics));
  const matches: Match[] = [];
  if (candidates.length > 0) {
    const metricJudge = new MetricJudge(ingest, batch);
    for (const { automation } of candidates) {
      const finding = await metricJudge.find(automation, { closest: ingest.nearMisses.wants(automation.id, ingest.nowMs) });
      if (finding) judge(ingest, event, automation, { metric: finding }, matches);
    }
  }
  ingest.memory.windows.advance(event.run.id, batch.version, batch.version + 1);
  const before = ingest.executions.length;
  await fireAll(ingest, event, matches);
  return ingest.executions.length > before;
}

function judge(ingest: Ingest, event: TrackedEvent, automation: Automation, known: Partial<Facts>, matches: Match[]): void {
  const { nearMisses } = ingest;
  const explainSkips = nearMisses.wants(automation.id, ingest.nowMs);
  const facts: Facts = { nowMs: ingest.nowMs, ...known, explainSkips };
  const decision = decide(automation, event, facts);
  if (decision.kind === 'fire') matches.push({ automation, facts });
  else if (explainSkips) nearMisses.note(automation, event, decision, ingest.nowMs);
}
