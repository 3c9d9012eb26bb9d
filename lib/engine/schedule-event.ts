import type { Automation } from '#lib/domain/automation.ts';
import { previousTime } from '#lib/domain/schedule.ts';
import { isSummarised, summarise } from '#lib/domain/schedule-summary.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { EventOf, RunFacts } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { listRunsOfPeriod } from '#lib/store/due-work.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findPlace } from '#lib/store/projects.ts';
import type { RunWithProgress } from '#lib/store/runs.ts';

type ScheduleFacts = Pick<EventOf<'schedule'>, 'type' | 'place' | 'automationId' | 'plannedAt' | 'missed' | 'summary'>;

/** What a planned time of a schedule carries: the runs of its period that the filter takes. Null where its place is gone. */
export async function scheduleFacts(
  db: Db,
  automation: Automation,
  planned: { plannedAt: number; missed: number },
  { factsOf, publicUrl }: { factsOf: (run: RunWithProgress) => RunFacts; publicUrl: string },
): Promise<ScheduleFacts | null> {
  const place = await placeOf(db, automation);
  if (!place) return null;
  const from = previousTime(automation.filter.schedule!, planned.plannedAt) ?? automation.createdAt;
  const period = { from, to: planned.plannedAt };
  const runs = (await listRunsOfPeriod(db, automation.scope, period))
    .map((found) => ({ run: factsOf(found), entity: found.entity, project: found.project }))
    .filter(({ run }) => isSummarised(automation.filter, run));
  return { type: 'schedule', place, automationId: automation.id, ...planned, summary: summarise(runs, period, publicUrl) };
}

/** A team's or organization's schedule happens in no project. */
async function placeOf(db: Db, { scope }: Automation): Promise<Place | null> {
  if ('projectId' in scope) {
    const opened = await findPlace(db, scope.entityId, scope.projectId);
    if (!opened) return null;
    const { artifactTypes: _, ...place } = opened;
    return place;
  }
  const entity = await findEntity(db, scope.entityId);
  return entity && { entityId: entity.id, entity: entity.name, projectId: 0, project: '', isRegistry: false };
}
