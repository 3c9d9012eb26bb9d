import { dueTime, nextTime } from '#lib/domain/schedule.ts';
import { findAutomation } from '#lib/store/automations.ts';
import { advanceSchedule, type DueSchedule } from '#lib/store/due-work.ts';
import { toEvent } from './event-source.ts';
import { type Ingest, SYSTEM_SENDER } from './ingest.ts';
import { reactWith } from './react.ts';
import { scheduleFacts } from './schedule-event.ts';

/** Fires a scheduled automation for its latest planned time, once whatever the number of processes. */
export async function fireSchedule(ingest: Ingest, due: DueSchedule, publicUrl: string): Promise<void> {
  const { tx, nowMs, runs } = ingest;
  const automation = await findAutomation(tx, due.entityId, due.automationId);
  const schedule = automation?.filter.schedule;
  if (!automation?.enabled || !schedule) {
    await advanceSchedule(tx, due, null, nowMs);
    return;
  }
  const planned = dueTime(schedule, due.nextAt - 1, nowMs) ?? { plannedAt: due.nextAt, missed: 0 };
  if (!(await advanceSchedule(tx, due, nextTime(schedule, nowMs), planned.plannedAt))) return;
  const facts = await scheduleFacts(tx, automation, planned, { factsOf: (run) => runs.factsOf(run), publicUrl });
  if (!facts) return;
  const event = toEvent(ingest, { sender: SYSTEM_SENDER, place: facts.place, at: planned.plannedAt }, facts);
  ingest.keepEvent(event);
  await reactWith(ingest, event, [{ automation, armedAt: automation.createdAt }]);
}
