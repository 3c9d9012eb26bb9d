import type { Automation } from '#lib/domain/automation.ts';
import { dueTime, nextTime, previousTime } from '#lib/domain/schedule.ts';
import { isSummarised, summarise } from '#lib/domain/schedule-summary.ts';
import type { Place } from '#lib/domain/scope.ts';
import { findAutomation } from '#lib/store/automations.ts';
import { advanceSchedule, type DueSchedule, listRunsOfPeriod } from '#lib/store/due-work.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findPlace } from '#lib/store/projects.ts';
import { toEvent } from './event-source.ts';
import { type Ingest, SYSTEM_SENDER } from './ingest.ts';
import { reactWith } from './react.ts';

/** Fires a scheduled automation for its latest planned time, once whatever the number of processes. */
export async function fireSchedule(ingest: Ingest, due: DueSchedule, publicUrl: string): Promise<void> {
  const { tx, nowMs } = ingest;
  const automation = await findAutomation(tx, due.entityId, due.automationId);
  const schedule = automation?.filter.schedule;
  if (!automation?.enabled || !schedule) {
    await advanceSchedule(tx, due, null, nowMs);
    return;
  }
  const planned = dueTime(schedule, due.nextAt - 1, nowMs) ?? { plannedAt: due.nextAt, missed: 0 };
  if (!(await advanceSchedule(tx, due, nextTime(schedule, nowMs), planned.plannedAt))) return;
  const place = await placeOf(ingest, automation);
  if (!place) return;
  const period = { from: previousTime(schedule, planned.plannedAt) ?? automation.createdAt, to: planned.plannedAt };
  const runs = (await listRunsOfPeriod(tx, automation.scope, period))
    .map((found) => ({ run: ingest.runs.factsOf(found), entity: found.entity, project: found.project }))
    .filter(({ run }) => isSummarised(automation.filter, run));
  const event = toEvent(ingest, { sender: SYSTEM_SENDER, place, at: planned.plannedAt }, {
    type: 'schedule',
    place,
    automationId: automation.id,
    ...planned,
    summary: summarise(runs, period, publicUrl),
  } as const);
  ingest.keepEvent(event);
  await reactWith(ingest, event, [{ automation, armedAt: automation.createdAt }]);
}

/** A team's or organization's schedule happens in no project. */
async function placeOf({ tx }: Ingest, { scope }: Automation): Promise<Place | null> {
  if ('projectId' in scope) {
    const opened = await findPlace(tx, scope.entityId, scope.projectId);
    if (!opened) return null;
    const { artifactTypes: _, ...place } = opened;
    return place;
  }
  const entity = await findEntity(tx, scope.entityId);
  return entity && { entityId: entity.id, entity: entity.name, projectId: 0, project: '', isRegistry: false };
}
