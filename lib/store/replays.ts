import type { Selectable } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';
import type { FailedFilter, FailedPosition } from './dead-letters.ts';
import type { Database } from './schema.ts';

export type ReplayStatus = Database['replays']['status'];

/** What a replay of many sends to one target. Several with one id are one replay. */
export type ReplayPart = {
  entityId: number;
  id: string;
  targetId: number;
  targetEntityId: number;
  createdById: number;
  createdAt: number;
  sinceMs: number;
  /** Failed up to then: what fails again is not caught a second time. */
  untilMs: number;
  filter: Pick<FailedFilter, 'automationId' | 'cause' | 'projectId'>;
  /** Exact, as it was shown before. */
  total: number;
  replayed: number;
  position: FailedPosition;
  status: ReplayStatus;
  reason: string | null;
  finishedAt: number | null;
};

/** How long a part is its process's before another may go on with it. */
const LEASE_MS = 10_000;

export async function insertReplayPart(db: Db, part: ReplayPart): Promise<void> {
  await db
    .insertInto('replays')
    .values({
      entity_id: part.entityId,
      id: part.id,
      target_id: part.targetId,
      target_entity_id: part.targetEntityId,
      created_by_id: part.createdById,
      created_at: part.createdAt,
      since: part.sinceMs,
      until: part.untilMs,
      filter: JSON.stringify(part.filter),
      total: part.total,
      replayed: part.replayed,
      position_at: part.position.at,
      position_id: part.position.id,
      status: part.status,
      reason: part.reason,
      worker: null,
      leased_until: 0,
      finished_at: part.finishedAt,
    })
    .execute();
}

const toPart = (row: Selectable<Database['replays']>): ReplayPart => ({
  entityId: row.entity_id,
  id: row.id,
  targetId: row.target_id,
  targetEntityId: row.target_entity_id,
  createdById: row.created_by_id,
  createdAt: row.created_at,
  sinceMs: row.since,
  untilMs: row.until,
  filter: JSON.parse(row.filter) as ReplayPart['filter'],
  total: row.total,
  replayed: row.replayed,
  position: { at: row.position_at, id: row.position_id },
  status: row.status,
  reason: row.reason,
  finishedAt: row.finished_at,
});

/** Of every entity, oldest first. */
export async function listRunningParts(db: Db): Promise<ReplayPart[]> {
  const rows = await db
    .selectFrom('replays')
    .selectAll()
    .where('status', '=', 'running')
    .orderBy('created_at')
    .orderBy('target_id')
    .execute();
  return rows.map(toPart);
}

/** Parts of the newest replays in these entities, newest first: their ids sort by making. */
export async function listReplayParts(
  db: Db,
  entityIds: readonly number[],
  { limit, before }: { limit: number; before?: string },
): Promise<ReplayPart[]> {
  if (entityIds.length === 0) return [];
  const newest = await db
    .selectFrom('replays')
    .select('id')
    .distinct()
    .where('entity_id', 'in', [...entityIds])
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  if (newest.length === 0) return [];
  const ids = newest.map(({ id }) => id);
  const rows = await db
    .selectFrom('replays')
    .selectAll()
    .where('entity_id', 'in', [...entityIds])
    .where('id', 'in', ids)
    .orderBy('id', 'desc')
    .orderBy('target_id')
    .execute();
  return rows.map(toPart);
}

/** The parts of one replay that lie in these entities. */
export async function findReplayParts(db: Db, entityIds: readonly number[], id: string): Promise<ReplayPart[]> {
  if (entityIds.length === 0) return [];
  const rows = await db
    .selectFrom('replays')
    .selectAll()
    .where('entity_id', 'in', [...entityIds])
    .where('id', '=', id)
    .orderBy('target_id')
    .execute();
  return rows.map(toPart);
}

/** Inside the transaction that goes on with it. */
export async function findReplayPart(db: Db, { entityId, id, targetId }: PartKey): Promise<ReplayPart | null> {
  const row = await db
    .selectFrom('replays')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .where('target_id', '=', targetId)
    .$if(storeKindOf(db) === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row ? toPart(row) : null;
}

type PartKey = Pick<ReplayPart, 'entityId' | 'id' | 'targetId'>;

const ofPart = (db: Db, { entityId, id, targetId }: PartKey) =>
  db
    .updateTable('replays')
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .where('target_id', '=', targetId)
    .where('status', '=', 'running');

/** Of several processes one goes on with a part, until its lease ends; on the embedded database there is but one. */
export async function holdReplayPart(db: Db, part: ReplayPart, worker: string, nowMs: number): Promise<boolean> {
  let query = ofPart(db, part).set({ worker, leased_until: nowMs + LEASE_MS });
  if (storeKindOf(db) === 'postgres') query = query.where((eb) => eb.or([eb('worker', '=', worker), eb('leased_until', '<=', nowMs)]));
  const { numUpdatedRows } = await query.executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** In the transaction that queues what was passed over: a part never goes over its stretch twice. */
export async function advanceReplayPart(db: Db, part: ReplayPart, to: { position: FailedPosition; replayed: number }): Promise<void> {
  await ofPart(db, part)
    .set({ position_at: to.position.at, position_id: to.position.id, replayed: part.replayed + to.replayed })
    .execute();
}

export async function endReplayPart(
  db: Db,
  part: PartKey,
  end: { status: Exclude<ReplayStatus, 'running'>; reason?: string; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await ofPart(db, part)
    .set({ status: end.status, reason: end.reason ?? null, finished_at: end.at })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
