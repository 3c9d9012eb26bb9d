import type { Db } from './connect.ts';
import { prepared } from './prepared.ts';

type WrappedKey = { wrapped: string; wrappedBy: string };

const dataKeyOf = prepared((db, given: { entityId: number }) =>
  db.selectFrom('data_keys').select(['wrapped', 'wrapped_by']).where('entity_id', '=', given.entityId),
);

export async function findDataKey(db: Db, entityId: number): Promise<WrappedKey | null> {
  const [row] = (await dataKeyOf(db, { entityId })).rows;
  return row ? { wrapped: row.wrapped, wrappedBy: row.wrapped_by } : null;
}

/** Keeps the first one when two make a key at once; answers the one that is kept. */
export async function insertDataKey(db: Db, entityId: number, key: WrappedKey): Promise<WrappedKey> {
  await db
    .insertInto('data_keys')
    .values({ entity_id: entityId, wrapped: key.wrapped, wrapped_by: key.wrappedBy, created_at: Date.now() })
    .onConflict((conflict) => conflict.column('entity_id').doNothing())
    .execute();
  return (await findDataKey(db, entityId))!;
}

/** Only while it is still the one that was read: another process may rotate at the same time. */
export async function replaceDataKey(db: Db, entityId: number, before: WrappedKey, after: WrappedKey): Promise<void> {
  await db
    .updateTable('data_keys')
    .set({ wrapped: after.wrapped, wrapped_by: after.wrappedBy })
    .where('entity_id', '=', entityId)
    .where('wrapped', '=', before.wrapped)
    .execute();
}

/** Keys that a rotation has still to wrap anew. */
export async function listDataKeysWrappedByOthers(
  db: Db,
  wrappedBy: string,
  limit: number,
): Promise<(WrappedKey & { entityId: number })[]> {
  const rows = await db
    .selectFrom('data_keys')
    .selectAll()
    .where('wrapped_by', '<>', wrappedBy)
    .orderBy('entity_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ entityId: row.entity_id, wrapped: row.wrapped, wrappedBy: row.wrapped_by }));
}

export async function countDataKeysWrappedByOthers(db: Db, wrappedBy: string): Promise<number> {
  const counts = await countDataKeys(db);
  return [...counts].reduce((sum, [name, count]) => (name === wrappedBy ? sum : sum + count), 0);
}

/** How many data keys each instance key wraps, for the rotation's progress. */
export async function countDataKeys(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('data_keys')
    .select(['wrapped_by', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('wrapped_by')
    .execute();
  return new Map(rows.map((row) => [row.wrapped_by, row.count]));
}

/** What a vault asks of the store. */
export const dataKeyStore = {
  find: findDataKey,
  insert: insertDataKey,
  replace: replaceDataKey,
  listWrappedByOthers: listDataKeysWrappedByOthers,
  countWrappedByOthers: countDataKeysWrappedByOthers,
};
