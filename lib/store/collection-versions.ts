import { sql } from 'kysely';
import type { Version } from '#lib/domain/artifact.ts';
import { LATEST_ALIAS } from '#lib/domain/fixed-names.ts';
import { countBounded } from './bounded-count.ts';
import type { Db } from './connect.ts';
import { insertRows } from './insert-rows.ts';
import { prepared } from './prepared.ts';
import { toVersion } from './versions.ts';

/** A version's place in a collection: its index there and the aliases that it has there. */
export type Membership = { versionIndex: number; isLink: boolean; version: Version; aliases: string[]; createdAt: number };

export type CollectionKey = { entityId: number; collectionId: number };

/** Puts a version into a collection; a link where the collection is not its own. */
export async function insertMembership(
  db: Db,
  { entityId, collectionId }: CollectionKey,
  membership: { versionIndex: number; version: Pick<Version, 'entityId' | 'id'>; isLink: boolean; createdById: number | null },
  nowMs: number,
): Promise<void> {
  const row = {
    entity_id: entityId,
    collection_id: collectionId,
    version_index: membership.versionIndex,
    version_entity_id: membership.version.entityId,
    version_id: membership.version.id,
    is_link: membership.isLink ? (1 as const) : (0 as const),
    created_by_id: membership.createdById,
    created_at: nowMs,
  };
  await insertRows(db, 'collection_versions', [row]);
}

const placeOfIndex = prepared((db, given: CollectionKey & { versionIndex: number }) =>
  db
    .selectFrom('collection_versions')
    .select(['version_entity_id', 'version_id', 'version_index', 'is_link', 'created_at'])
    .where('entity_id', '=', given.entityId)
    .where('collection_id', '=', given.collectionId)
    .where('version_index', '=', given.versionIndex),
);
const versionById = prepared((db, given: { entityId: number; id: number }) =>
  db.selectFrom('versions').selectAll().where('entity_id', '=', given.entityId).where('id', '=', given.id),
);

/** The version at an index of a collection. Its row may lie under another entity, so it is read on its own. */
export async function findMembership(db: Db, { entityId, collectionId }: CollectionKey, versionIndex: number): Promise<Membership | null> {
  const [row] = (await placeOfIndex(db, { entityId, collectionId, versionIndex })).rows;
  return row ? withVersion(db, { entityId, collectionId }, row) : null;
}

/** Where the version stands in this collection; null when it does not. */
export async function findMembershipOf(db: Db, key: CollectionKey, versionId: number): Promise<Membership | null> {
  const row = await db
    .selectFrom('collection_versions')
    .select(['version_entity_id', 'version_id', 'version_index', 'is_link', 'created_at'])
    .where('entity_id', '=', key.entityId)
    .where('collection_id', '=', key.collectionId)
    .where('version_id', '=', versionId)
    .executeTakeFirst();
  return row ? withVersion(db, key, row) : null;
}

type Row = { version_entity_id: number; version_id: number; version_index: number; is_link: 0 | 1; created_at: number };

async function withVersion(db: Db, key: CollectionKey, row: Row): Promise<Membership | null> {
  const [version] = (await versionById(db, { entityId: row.version_entity_id, id: row.version_id })).rows;
  if (!version || version.state === 'deleted') return null;
  const aliases = await listAliases(db, key, row.version_index);
  return { versionIndex: row.version_index, isLink: row.is_link === 1, version: toVersion(version), aliases, createdAt: row.created_at };
}

/** Every collection that holds the version: its own and those that it is linked to, under any entity. */
export async function listMembershipKeys(
  db: Db,
  versionId: number,
): Promise<(CollectionKey & { versionIndex: number; isLink: boolean })[]> {
  const rows = await db
    .selectFrom('collection_versions')
    .select(['entity_id', 'collection_id', 'version_index', 'is_link'])
    .where('version_id', '=', versionId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    entityId: row.entity_id,
    collectionId: row.collection_id,
    versionIndex: row.version_index,
    isLink: row.is_link === 1,
  }));
}

/** Newest first; `beforeIndex` is the last one of the page before. */
export async function listMemberships(db: Db, key: CollectionKey, page: { limit: number; beforeIndex?: number }): Promise<Membership[]> {
  let query = db
    .selectFrom('collection_versions')
    .select(['version_entity_id', 'version_id', 'version_index', 'is_link', 'created_at'])
    .where('entity_id', '=', key.entityId)
    .where('collection_id', '=', key.collectionId);
  if (page.beforeIndex !== undefined) query = query.where('version_index', '<', page.beforeIndex);
  const rows = await query.orderBy('version_index', 'desc').limit(page.limit).execute();
  if (rows.length === 0) return [];
  const versions = new Map<number, Version>();
  for (const [entityId, own] of Map.groupBy(rows, (row) => row.version_entity_id)) {
    const found = await db
      .selectFrom('versions')
      .selectAll()
      .where('entity_id', '=', entityId)
      .where(
        'id',
        'in',
        own.map((row) => row.version_id),
      )
      .where('state', '!=', 'deleted')
      .execute();
    for (const row of found) versions.set(row.id, toVersion(row));
  }
  const aliases = await db
    .selectFrom('aliases')
    .select(['alias', 'version_index'])
    .where('entity_id', '=', key.entityId)
    .where('collection_id', '=', key.collectionId)
    .where(
      'version_index',
      'in',
      rows.map((row) => row.version_index),
    )
    .orderBy('created_at')
    .orderBy('alias')
    .execute();
  const byIndex = Map.groupBy(aliases, (row) => row.version_index);
  return rows.flatMap((row) => {
    const version = versions.get(row.version_id);
    if (!version) return [];
    const own = (byIndex.get(row.version_index) ?? []).map((alias) => alias.alias);
    return [{ versionIndex: row.version_index, isLink: row.is_link === 1, version, aliases: own, createdAt: row.created_at }];
  });
}

/** How many versions and links a collection holds, counted to 1,000. */
export const countVersions = (db: Db, { entityId, collectionId }: CollectionKey) =>
  countBounded(db, sql`select 1 from collection_versions where entity_id = ${entityId} and collection_id = ${collectionId}`);

/** Takes a link out of its collection, with the aliases it had there; `latest` goes to the newest one left. */
export async function deleteMembership(db: Db, key: CollectionKey, versionIndex: number, nowMs: number): Promise<void> {
  const aliases = await listAliases(db, key, versionIndex);
  await db
    .deleteFrom('aliases')
    .where('entity_id', '=', key.entityId)
    .where('collection_id', '=', key.collectionId)
    .where('version_index', '=', versionIndex)
    .execute();
  await db
    .deleteFrom('collection_versions')
    .where('entity_id', '=', key.entityId)
    .where('collection_id', '=', key.collectionId)
    .where('version_index', '=', versionIndex)
    .execute();
  if (!aliases.includes(LATEST_ALIAS)) return;
  const [newest] = await listMemberships(db, key, { limit: 1 });
  if (newest) await putAlias(db, key, LATEST_ALIAS, newest.versionIndex, nowMs);
}

const aliasesOf = prepared((db, given: CollectionKey & { versionIndex: number }) =>
  db
    .selectFrom('aliases')
    .select('alias')
    .where('entity_id', '=', given.entityId)
    .where('collection_id', '=', given.collectionId)
    .where('version_index', '=', given.versionIndex)
    .orderBy('created_at')
    .orderBy('alias'),
);

/** In the order in which they were put on. */
export async function listAliases(db: Db, { entityId, collectionId }: CollectionKey, versionIndex: number): Promise<string[]> {
  const { rows } = await aliasesOf(db, { entityId, collectionId, versionIndex });
  return rows.map((row) => row.alias);
}

/** The index that an alias stands for; null where the collection does not have it. */
export async function findAlias(db: Db, { entityId, collectionId }: CollectionKey, alias: string): Promise<number | null> {
  const row = await db
    .selectFrom('aliases')
    .select('version_index')
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', collectionId)
    .where('alias', '=', alias)
    .executeTakeFirst();
  return row?.version_index ?? null;
}

type Alias = CollectionKey & { alias: string; versionIndex: number; nowMs: number };

const putOrMoveAlias = prepared((db, { entityId, collectionId, alias, versionIndex, nowMs }: Alias) =>
  db
    .insertInto('aliases')
    .values({ entity_id: entityId, collection_id: collectionId, alias, version_index: versionIndex, created_at: nowMs })
    .onConflict((conflict) =>
      conflict
        .columns(['entity_id', 'collection_id', 'alias'])
        .doUpdateSet({ version_index: versionIndex, created_at: nowMs })
        .where('aliases.version_index', '!=', versionIndex),
    )
    .returning('alias'),
);

/** Puts or moves an alias. False when this version had it already. */
export async function putAlias(db: Db, key: CollectionKey, alias: string, versionIndex: number, nowMs: number): Promise<boolean> {
  const { rows } = await putOrMoveAlias(db, { ...key, alias, versionIndex, nowMs });
  return rows.length > 0;
}

/** False when this version did not have it. */
export async function deleteAlias(db: Db, key: CollectionKey, alias: string, versionIndex: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('aliases')
    .where('entity_id', '=', key.entityId)
    .where('collection_id', '=', key.collectionId)
    .where('alias', '=', alias)
    .where('version_index', '=', versionIndex)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
