import type { Place } from '#lib/domain/scope.ts';
import type { EventOf, TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Db } from './connect.ts';
import { insertRows } from './insert-rows.ts';

/** Metric batches keep this many of their lines: the rest is in the run's chunks. */
const LINES_KEPT = 20;

/** Events with everything that a rule, payload or page may ask of them. */
export async function insertEvents(db: Db, events: readonly TrackedEvent[]): Promise<void> {
  await insertRows(
    db,
    'events',
    events.map((event) => ({
      entity_id: event.place.entityId,
      id: event.id,
      project_id: event.place.projectId,
      type: event.type,
      at: event.at,
      received_at: event.receivedAt,
      author: event.author,
      reported_by: event.reportedBy,
      run: 'run' in event ? event.run.id : null,
      version_id: 'artifact' in event ? event.artifact.id : null,
      collection_id: event.place.collectionId ?? null,
      facts: JSON.stringify(shortened(event)),
    })),
  );
}

const shortened = (event: TrackedEvent): TrackedEvent =>
  event.type === 'run.metrics' && event.lines.length > LINES_KEPT
    ? { ...event, firstLine: event.firstLine + event.lines.length - LINES_KEPT, lines: event.lines.slice(-LINES_KEPT) }
    : event;

/** Remembers the sender's ids, in one order, as a batch may come to two processes at once; answers those that were known already. */
export async function rememberClientIds(
  db: Db,
  place: Pick<Place, 'entityId' | 'projectId'>,
  clientIds: readonly string[],
  nowMs: number,
): Promise<Set<string>> {
  if (clientIds.length === 0) return new Set();
  const rows = await db
    .insertInto('event_keys')
    .values(
      clientIds
        .toSorted()
        .map((id) => ({ entity_id: place.entityId, project_id: place.projectId, client_event_id: id, received_at: nowMs })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('client_event_id')
    .execute();
  const fresh = new Set(rows.map((row) => row.client_event_id));
  return new Set(clientIds.filter((id) => !fresh.has(id)));
}

/** By its id, wherever in these entities it happened. */
export async function findEvent(db: Db, entityIds: readonly number[], id: string): Promise<TrackedEvent | null> {
  if (entityIds.length === 0) return null;
  const row = await db
    .selectFrom('events')
    .select('facts')
    .where('entity_id', 'in', [...entityIds])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? (JSON.parse(row.facts) as TrackedEvent) : null;
}

/** Those of them that are still kept, by their ids. */
export async function findEvents(db: Db, keys: readonly { entityId: number; id: string }[]): Promise<Map<string, TrackedEvent>> {
  const found = new Map<string, TrackedEvent>();
  for (const [entityId, own] of Map.groupBy(keys, (key) => key.entityId)) {
    const ids = own.map(({ id }) => id);
    const rows = await db.selectFrom('events').select(['id', 'facts']).where('entity_id', '=', entityId).where('id', 'in', ids).execute();
    for (const row of rows) found.set(row.id, JSON.parse(row.facts) as TrackedEvent);
  }
  return found;
}

export type EventListFilter = {
  entityId: number;
  projectIds?: readonly number[];
  collectionId?: number;
  run?: number;
  versionId?: number;
  types?: readonly TrackedEventType[];
};

/** The kept batch of a run in which one line came, told by when that was; null where the batch was not kept. */
export async function findMetricsEvent(
  db: Db,
  { entityId, run }: { entityId: number; run: number },
  { line, metric, receivedAt }: { line: number; metric: string; receivedAt: number },
): Promise<EventOf<'run.metrics'> | null> {
  const rows = await db
    .selectFrom('events')
    .select('facts')
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('type', '=', 'run.metrics')
    .where('received_at', '=', receivedAt)
    .orderBy('id')
    .execute();
  const events = rows.map((row) => JSON.parse(row.facts) as EventOf<'run.metrics'>);
  return events.find((event) => mayHold(event, line, metric)) ?? null;
}

/** Of a batch that was cut the first line is unknown. */
function mayHold({ firstLine, lines }: EventOf<'run.metrics'>, line: number, metric: string): boolean {
  const begins = lines.length === LINES_KEPT ? 0 : firstLine;
  return begins <= line && line < firstLine + lines.length && lines.some(({ values }) => Object.hasOwn(values, metric));
}

/** Newest first; `beforeId` is the last one of the page before. */
export async function listEvents(db: Db, filter: EventListFilter, page: { limit: number; beforeId?: string }): Promise<TrackedEvent[]> {
  let query = db.selectFrom('events').select('facts').where('entity_id', '=', filter.entityId);
  if (filter.projectIds) query = query.where('project_id', 'in', [...filter.projectIds]);
  if (filter.collectionId !== undefined) query = query.where('collection_id', '=', filter.collectionId);
  if (filter.run !== undefined) query = query.where('run', '=', filter.run);
  if (filter.versionId !== undefined) query = query.where('version_id', '=', filter.versionId);
  if (filter.types) query = query.where('type', 'in', [...filter.types]);
  if (page.beforeId !== undefined) query = query.where('id', '<', page.beforeId);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map((row) => JSON.parse(row.facts) as TrackedEvent);
}

/** Events of one type of a project or a collection, in order of arrival, behind the one with the id `after`, which need not be there. */
export async function listEventsAfter(
  db: Db,
  at: { entityId: number; projectId: number; collectionId?: number },
  type: TrackedEventType,
  page: { after: string; limit: number },
): Promise<TrackedEvent[]> {
  let query = db
    .selectFrom('events')
    .select('facts')
    .where('entity_id', '=', at.entityId)
    .where('project_id', '=', at.projectId)
    .where('type', '=', type)
    .where('id', '>', page.after);
  if (at.collectionId !== undefined) query = query.where('collection_id', '=', at.collectionId);
  const rows = await query.orderBy('id').limit(page.limit).execute();
  return rows.map((row) => JSON.parse(row.facts) as TrackedEvent);
}
