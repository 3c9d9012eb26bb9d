import type { Automation } from '#lib/domain/automation.ts';
import { decide } from '#lib/domain/decide.ts';
import { type Decision, RECORDED_SKIPS } from '#lib/domain/decision.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { judgedPartOf } from '#lib/domain/judged-part.ts';
import { slotKey } from '#lib/domain/limits.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { countSkipped } from '#lib/store/executions.ts';
import { SKIPPED_ROWS_PER_MINUTE } from './firing-counts.ts';
import type { Ingest } from './ingest.ts';

/** An automation whose filter holds; its limits are not asked yet. */
export type Match = { automation: Automation; facts: Facts };

/** Asks the limits of automations that match, and queues what fires. */
export async function fireAll(ingest: Ingest, event: TrackedEvent, matches: readonly Match[]): Promise<void> {
  if (matches.length === 0) return;
  const automations = matches.map(({ automation }) => automation);
  await ingest.counts.load(automations);
  await ingest.targets.load(automations.flatMap(({ action }) => (action.kind === 'nothing' ? [] : [action.target])));
  const slot = slotKey(event);
  if (slot !== null) await ingest.slots.load(automations, event, slot);
  for (const match of matches) await fire(ingest, event, match, slot);
}

async function fire(ingest: Ingest, event: TrackedEvent, { automation, facts }: Match, slot: string | null) {
  const { nowMs, counts, slots, targets, nearMisses } = ingest;
  const counters = counts.of(automation.id);
  const limits: Facts = {
    ...facts,
    slotTakenAt: slot === null ? undefined : slots.takenAt(automation, slot),
    lastFiredAt: counters.lastFiredAt,
    firingsThisMinute: counters.fired,
    target: automation.action.kind === 'nothing' ? undefined : targets.of(automation.action.target.targetId),
    explainSkips: true,
  };
  const id = ingest.newId('exe', nowMs);
  const decision = decide(automation, event, limits);
  if (decision.kind === 'fire') {
    if (slot !== null) slots.take(automation, slot, id);
    counts.addFired(automation.id);
    ingest.queue(toExecution(ingest, id, automation, event, decision));
  } else if (RECORDED_SKIPS.includes(decision.because)) {
    await recordSkip(ingest, id, automation, event, decision);
  } else {
    if (slot !== null && decision.because === 'fired_within_24_hours') nearMisses.noteHeldBack(automation, slot, nowMs);
    if (nearMisses.wants(automation.id, nowMs)) nearMisses.note(automation, event, decision, nowMs);
  }
}

async function recordSkip(ingest: Ingest, id: string, automation: Automation, event: TrackedEvent, decision: Decision): Promise<void> {
  const { skipped, lastSkippedId } = ingest.counts.of(automation.id);
  const isFull = skipped >= SKIPPED_ROWS_PER_MINUTE && lastSkippedId !== null;
  ingest.counts.addSkipped(automation.id, isFull ? null : id);
  if (!isFull) {
    ingest.queue(toExecution(ingest, id, automation, event, decision));
    return;
  }
  const own = ingest.executions.find((execution) => execution.id === lastSkippedId);
  if (own) own.counted = (own.counted ?? 0) + 1;
  else await countSkipped(ingest.tx, automation.entityId, lastSkippedId);
}

/** Freezes what a later attempt needs. Doing nothing is done at once. */
function toExecution(ingest: Ingest, id: string, automation: Automation, event: TrackedEvent, decision: Decision) {
  const { nowMs } = ingest;
  const isOver = decision.kind === 'skip' || automation.action.kind === 'nothing';
  return {
    entityId: automation.entityId,
    id,
    automationId: automation.id,
    automationName: automation.name,
    on: automation.on,
    eventId: event.id,
    event: judgedPartOf(event, decision),
    decision: { ...decision, rule: { on: automation.on, filter: automation.filter } },
    action: automation.action,
    retry: automation.retry,
    status: decision.kind === 'skip' ? ('skipped' as const) : isOver ? ('finished' as const) : ('pending' as const),
    reason: decision.kind === 'skip' ? (decision.clauses.find((clause) => !clause.holds)?.text ?? null) : null,
    dueAt: isOver ? null : nowMs,
    number: 0,
    try: 0,
    secondChanceUsed: false,
    manual: false,
    editedFromId: null,
    createdAt: nowMs,
    finishedAt: isOver ? nowMs : null,
  };
}
