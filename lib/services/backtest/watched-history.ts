import { toRunFacts } from '#lib/domain/run-facts.ts';
import type { EventOf, TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { findOrganizationEntity, listTeams } from '#lib/store/entities.ts';
import { listEvents } from '#lib/store/events.ts';
import { findPlace, listProjects } from '#lib/store/projects.ts';
import { listRuns, type RunWithProgress } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';
import type { ResolvedScope } from '../places/resolve-scope.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';

/** What a scope watches, as far as the caller sees it: entities, and the projects or collection inside. */
export type WatchedRange = { entityId: number; projectIds: number[]; collectionId?: number };

const PROJECTS_LOOKED_AT = 1000;

export async function watchedRanges(ctx: Context, { scope, entity }: Pick<ResolvedScope, 'scope' | 'entity'>): Promise<WatchedRange[]> {
  if ('projectId' in scope) {
    const collection = 'collectionId' in scope ? { collectionId: scope.collectionId } : {};
    return [{ entityId: scope.entityId, projectIds: [scope.projectId], ...collection }];
  }
  const visible = await listVisiblePlaces(ctx);
  const teams = scope.kind === 'organization' && entity.organizationId !== null ? await listTeams(ctx.reader, entity.organizationId) : [];
  const own =
    scope.kind === 'organization' && entity.organizationId !== null
      ? await findOrganizationEntity(ctx.reader, entity.organizationId)
      : entity;
  const entityIds = [...(own ? [own.id] : []), ...teams.map(({ id }) => id)].filter((id) => visible.entities.has(id));
  const ranges: WatchedRange[] = [];
  for (const entityId of entityIds) {
    const projects = [
      ...(await listProjects(ctx.reader, { entityIds: [entityId], kind: 'project' }, { limit: PROJECTS_LOOKED_AT })),
      ...(await listProjects(ctx.reader, { entityIds: [entityId], kind: 'registry' }, { limit: PROJECTS_LOOKED_AT })),
    ];
    const projectIds = projects.map(({ id }) => id).filter((id) => !visible.hiddenProjectIds.includes(id));
    if (projectIds.length) ranges.push({ entityId, projectIds });
  }
  return ranges;
}

/** The newest events of a type in the ranges, oldest first. */
export async function listWatchedEvents(
  db: Db,
  ranges: readonly WatchedRange[],
  type: TrackedEventType,
  limit: number,
): Promise<TrackedEvent[]> {
  const events: TrackedEvent[] = [];
  for (const { entityId, projectIds, collectionId } of ranges) {
    const filter = { entityId, projectIds, types: [type], ...(collectionId !== undefined && { collectionId }) };
    events.push(...(await listEvents(db, filter, { limit })));
  }
  return events.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-limit);
}

/** A run with the event that stands for its values. */
export type WatchedRun = RunWithProgress & { event: EventOf<'run.metrics'> };

/** The newest runs of the ranges, newest first, each as the source of its values. */
export async function listWatchedRuns(db: Db, ranges: readonly WatchedRange[], limit: number, now: number): Promise<WatchedRun[]> {
  const found: WatchedRun[] = [];
  for (const { entityId, projectIds } of ranges) {
    for (const projectId of projectIds) {
      const runs = await listRuns(db, entityId, projectId, {}, { limit });
      if (runs.length === 0) continue;
      const place = await findPlace(db, entityId, projectId);
      if (!place) continue;
      const { artifactTypes: _, ...at } = place;
      for (const held of runs) found.push({ ...held, event: valuesOf(held, at, now) });
    }
  }
  return found.sort((a, b) => b.run.createdAt - a.run.createdAt || b.run.id - a.run.id).slice(0, limit);
}

/** The event that stands for all of a run's values: the run as it is now. */
export function valuesOf(held: RunWithProgress, place: EventOf<'run.metrics'>['place'], now: number): EventOf<'run.metrics'> {
  const at = held.progress.lastValueAt ?? held.run.updatedAt;
  return {
    id: '',
    at,
    receivedAt: at,
    author: held.run.user,
    reportedBy: null,
    place,
    type: 'run.metrics',
    run: toRunFacts(held, now),
    firstLine: 0,
    lines: [],
  };
}

/** The newest stored event that holds values of the run; empty where none is kept any more. */
export async function newestMetricsEventId(db: Db, { run }: RunWithProgress): Promise<string> {
  const [event] = await listEvents(db, { entityId: run.entityId, run: run.id, types: ['run.metrics'] }, { limit: 1 });
  return event?.id ?? '';
}
