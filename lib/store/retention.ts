import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Db, inTransaction, storeKindOf } from './connect.ts';

export type Retention = { rowsBefore: number; bodiesBefore: number };

const BATCH = 500;

/** Where the next batch begins; null after the last one. */
type NextBatch<Cursor> = (tx: Db, after: Cursor) => Promise<Cursor | null>;

/**
 * Removes bodies of attempts, then executions with their attempts, events and the senders' ids of them, and replays that are
 * too old.
 * An execution that waits or runs keeps everything. Small transactions with turns between them, so that requests go on;
 * rows that another process has in hand are left for the next time.
 */
export async function pruneHistory(db: Db, { rowsBefore, bodiesBefore }: Retention, stopping?: AbortSignal): Promise<void> {
  const inBatches = async <Cursor>(first: Cursor, prune: NextBatch<Cursor>) => {
    for (let cursor: Cursor | null = first; cursor !== null && !stopping?.aborted; ) {
      const after: Cursor = cursor;
      cursor = await inTransaction(db, (tx) => prune(tx, after));
      await nextTurn();
    }
  };
  for (const { id } of await db.selectFrom('entities').select('id').orderBy('id').execute()) {
    await inBatches(0, (tx, after) => pruneBodies(tx, id, bodiesBefore, after));
    await inBatches({ at: 0, id: '' }, (tx, after) => pruneExecutions(tx, id, rowsBefore, after));
    await inBatches('', (tx, after) => pruneEvents(tx, id, rowsBefore, after));
    await db.deleteFrom('replays').where('entity_id', '=', id).where('finished_at', '<', rowsBefore).execute();
  }
  await inBatches(0, (tx) => pruneEventKeys(tx, rowsBefore));
}

async function pruneBodies(tx: Db, entityId: number, before: number, after: number): Promise<number | null> {
  const { rows } = await sql<{ execution_id: string; started_at: number }>`
    select execution_id, started_at from attempt_bodies b
    where entity_id = ${entityId} and started_at >= ${after} and started_at < ${before} and not exists (
      select 1 from executions e where e.entity_id = ${entityId} and e.id = b.execution_id and e.due_at is not null)
    order by started_at limit ${BATCH} ${lockFree(tx, 'b')}`.execute(tx);
  if (rows.length > 0) {
    await tx
      .deleteFrom('attempt_bodies')
      .where('entity_id', '=', entityId)
      .where('execution_id', 'in', [...new Set(rows.map((row) => row.execution_id))])
      .where('started_at', '<', before)
      .execute();
  }
  return rows.length < BATCH ? null : rows.at(-1)!.started_at;
}

type ExecutionCursor = { at: number; id: string };

/** By their end as well as their beginning: what was replayed lately is not old. */
async function pruneExecutions(tx: Db, entityId: number, before: number, after: ExecutionCursor): Promise<ExecutionCursor | null> {
  const { rows } = await sql<{ id: string; created_at: number }>`
    select id, created_at from executions e
    where entity_id = ${entityId} and (created_at, id) > (${after.at}, ${after.id}) and created_at < ${before}
      and due_at is null and finished_at < ${before}
    order by created_at, id limit ${BATCH} ${lockFree(tx, 'e')}`.execute(tx);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) {
    await tx.deleteFrom('attempt_bodies').where('entity_id', '=', entityId).where('execution_id', 'in', ids).execute();
    await tx.deleteFrom('attempts').where('entity_id', '=', entityId).where('execution_id', 'in', ids).execute();
    await tx.deleteFrom('execution_facts').where('entity_id', '=', entityId).where('id', 'in', ids).execute();
    await tx.deleteFrom('executions').where('entity_id', '=', entityId).where('id', 'in', ids).execute();
  }
  return rows.length < BATCH ? null : { at: rows.at(-1)!.created_at, id: ids.at(-1)! };
}

/** Their ids sort by arrival, so the old ones are in front. */
async function pruneEvents(tx: Db, entityId: number, before: number, after: string): Promise<string | null> {
  const { rows } = await sql<{ id: string; received_at: number }>`
    select id, received_at from events e where entity_id = ${entityId} and id > ${after}
    order by id limit ${BATCH} ${lockFree(tx, 'e')}`.execute(tx);
  const old = rows.filter((row) => row.received_at < before).map((row) => row.id);
  if (old.length > 0) await tx.deleteFrom('events').where('entity_id', '=', entityId).where('id', 'in', old).execute();
  return old.length < BATCH ? null : old.at(-1)!;
}

async function pruneEventKeys(tx: Db, before: number): Promise<0 | null> {
  const old = await tx
    .selectFrom('event_keys')
    .select(['entity_id', 'project_id', 'client_event_id'])
    .where('received_at', '<', before)
    .orderBy('received_at')
    .limit(BATCH)
    .execute();
  for (const keys of Map.groupBy(old, (key) => `${key.entity_id}/${key.project_id}`).values()) {
    await tx
      .deleteFrom('event_keys')
      .where('entity_id', '=', keys[0]!.entity_id)
      .where('project_id', '=', keys[0]!.project_id)
      .where(
        'client_event_id',
        'in',
        keys.map((key) => key.client_event_id),
      )
      .execute();
  }
  return old.length < BATCH ? null : 0;
}

/** Of the rows read, those that nobody has in hand: a replay that begins meanwhile waits, two servers never wait for each other. */
const lockFree = (db: Db, table: string) => (storeKindOf(db) === 'postgres' ? sql`for update of ${sql.ref(table)} skip locked` : sql``);
