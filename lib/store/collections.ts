import type { Selectable } from 'kysely';
import type { Collection } from '#lib/domain/artifact.ts';
import { lostRace } from '#lib/errors.ts';
import { type Db, inTransaction, isUniqueViolation } from './connect.ts';
import { containsText } from './like.ts';
import { nextNumber } from './numbers.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export type NewCollection = Omit<Collection, 'id' | 'nextIndex' | 'createdAt' | 'updatedAt'>;

/** Throws `conflict` where the name exists. */
export async function insertCollection(db: Db, collection: NewCollection, nowMs: number): Promise<Collection> {
  return inTransaction(db, async (tx) => {
    const made: Collection = { ...collection, id: await nextNumber(tx, 'collection'), nextIndex: 0, createdAt: nowMs, updatedAt: nowMs };
    await tx
      .insertInto('collections')
      .values({
        entity_id: made.entityId,
        id: made.id,
        project_id: made.projectId,
        kind: made.kind,
        name: made.name,
        type: made.type,
        description: made.description,
        next_index: 0,
        client_id: made.clientId,
        created_by_id: made.createdById,
        created_at: nowMs,
        updated_at: nowMs,
      })
      .execute()
      .catch((error) => refuseTakenName(error, made.name));
    return made;
  });
}

export type CollectionChanges = Partial<Pick<Collection, 'name' | 'type' | 'description'>>;

/** False when it is gone. Throws `conflict` where the new name exists. */
export async function updateCollection(db: Db, entityId: number, id: number, changes: CollectionChanges, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('collections')
    .set({ ...changes, updated_at: nowMs })
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .executeTakeFirst()
    .catch((error) => refuseTakenName(error, changes.name ?? ''));
  return numUpdatedRows > 0n;
}

function refuseTakenName(error: unknown, name: string): never {
  if (isUniqueViolation(error)) throw lostRace(`There is already a collection named "${name}" here. Choose another name.`);
  throw error;
}

const countUpIndex = prepared((db, given: { entityId: number; id: number; nowMs: number }) =>
  db
    .updateTable('collections')
    .set((eb) => ({ next_index: eb('next_index', '+', 1), updated_at: given.nowMs }))
    .where('entity_id', '=', given.entityId)
    .where('id', '=', given.id)
    .returning('next_index'),
);

/** The next index of the collection; the row is locked until the transaction ends, so that two versions never share one. */
export async function takeVersionIndex(db: Db, entityId: number, id: number, nowMs: number): Promise<number> {
  const [row] = (await countUpIndex(db, { entityId, id, nowMs })).rows;
  return row!.next_index - 1;
}

const collectionByName = prepared((db, given: { entityId: number; projectId: number; name: string }) =>
  db
    .selectFrom('collections')
    .selectAll()
    .where('entity_id', '=', given.entityId)
    .where('project_id', '=', given.projectId)
    .where('name', '=', given.name),
);

export async function findCollection(db: Db, entityId: number, projectId: number, name: string): Promise<Collection | null> {
  const [row] = (await collectionByName(db, { entityId, projectId, name })).rows;
  return row ? toCollection(row) : null;
}

export async function findCollectionById(db: Db, entityId: number, id: number): Promise<Collection | null> {
  const row = await db.selectFrom('collections').selectAll().where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row ? toCollection(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findCollectionByNumber(db: Db, id: number): Promise<Collection | null> {
  const row = await db.selectFrom('collections').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toCollection(row) : null;
}

export async function listCollectionsByIds(db: Db, refs: readonly { entityId: number; id: number }[]): Promise<Map<number, Collection>> {
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('collections')
    .selectAll()
    .where('entity_id', 'in', [...new Set(refs.map(({ entityId }) => entityId))])
    .where('id', 'in', [...new Set(refs.map(({ id }) => id))])
    .execute();
  return new Map(rows.map((row) => [row.id, toCollection(row)]));
}

export type CollectionListFilter = { type?: string; kind?: Collection['kind']; search?: string };

/** By name; `afterName` is the last one of the page before. */
export async function listCollections(
  db: Db,
  entityId: number,
  projectId: number,
  filter: CollectionListFilter,
  page: { limit: number; afterName?: string },
): Promise<Collection[]> {
  let query = db.selectFrom('collections').selectAll().where('entity_id', '=', entityId).where('project_id', '=', projectId);
  if (filter.type) query = query.where('type', '=', filter.type);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  const { search } = filter;
  if (search) query = query.where(({ fn }) => containsText(fn<string>('lower', ['name']), search));
  if (page.afterName !== undefined) query = query.where('name', '>', page.afterName);
  const rows = await query.orderBy('name').limit(page.limit).execute();
  return rows.map(toCollection);
}

export async function listCollectionTags(db: Db, entityId: number, collectionId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('collection_tags')
    .select('tag')
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', collectionId)
    .orderBy('created_at')
    .orderBy('tag')
    .execute();
  return rows.map((row) => row.tag);
}

/** False when it had the tag already. */
export async function insertCollectionTag(db: Db, entityId: number, collectionId: number, tag: string, nowMs: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('collection_tags')
    .values({ entity_id: entityId, collection_id: collectionId, tag, created_at: nowMs })
    .onConflict((conflictClause) => conflictClause.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** False when it did not have the tag. */
export async function deleteCollectionTag(db: Db, entityId: number, collectionId: number, tag: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('collection_tags')
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', collectionId)
    .where('tag', '=', tag)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export const toCollection = (row: Selectable<Database['collections']>): Collection => ({
  entityId: row.entity_id,
  id: row.id,
  projectId: row.project_id,
  kind: row.kind,
  name: row.name,
  type: row.type,
  description: row.description,
  nextIndex: row.next_index,
  clientId: row.client_id,
  createdById: row.created_by_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
