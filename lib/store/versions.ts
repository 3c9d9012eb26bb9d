import type { Selectable } from 'kysely';
import type { Version } from '#lib/domain/artifact.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Db } from './connect.ts';
import { insertMissingRows, insertRows } from './insert-rows.ts';
import { nextNumber } from './numbers.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export async function insertVersion(db: Db, version: Omit<Version, 'id'>): Promise<Version> {
  const made: Version = { ...version, id: await nextNumber(db, 'version') };
  const row = {
    entity_id: made.entityId,
    id: made.id,
    project_id: made.projectId,
    collection_id: made.collectionId,
    run: made.run,
    history_step: made.historyStep,
    created_by_id: made.createdById,
    author: made.author,
    client_id: made.clientId,
    distributed_id: made.distributedId,
    created_at: made.createdAt,
    ...toColumns(made),
  };
  await insertRows(db, 'versions', [row]);
  return made;
}

const updateRow = prepared((db, { entityId, id, ...columns }: { entityId: number; id: number } & ReturnType<typeof toColumns>) =>
  db.updateTable('versions').set(columns).where('entity_id', '=', entityId).where('id', '=', id),
);

export async function updateVersion(db: Db, version: Version): Promise<void> {
  await updateRow(db, { entityId: version.entityId, id: version.id, ...toColumns(version) });
}

export async function findVersion(db: Db, entityId: number, id: number): Promise<Version | null> {
  const row = await db.selectFrom('versions').selectAll().where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row ? toVersion(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findVersionByNumber(db: Db, id: number): Promise<Version | null> {
  const row = await db.selectFrom('versions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toVersion(row) : null;
}

/** Clients choose these ids: one id may stand in several projects. Oldest first. */
export async function listVersionsByClientId(db: Db, clientId: string): Promise<Version[]> {
  const rows = await db.selectFrom('versions').selectAll().where('client_id', '=', clientId).orderBy('id').execute();
  return rows.map(toVersion);
}

/** The version that others write under the same id and that is not complete yet. */
export async function findPendingVersion(db: Db, entityId: number, collectionId: number, distributedId: string): Promise<Version | null> {
  const row = await db
    .selectFrom('versions')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', collectionId)
    .where('distributed_id', '=', distributedId)
    .where('state', '=', 'pending')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toVersion(row) : null;
}

/** The newest committed version of the collection with this digest. */
export async function findVersionByDigest(db: Db, entityId: number, collectionId: number, digest: string): Promise<Version | null> {
  const row = await db
    .selectFrom('versions')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', collectionId)
    .where('digest', '=', digest)
    .where('state', '=', 'committed')
    .orderBy('version_index', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toVersion(row) : null;
}

const tagsOf = prepared((db, given: { entityId: number; versionId: number }) =>
  db
    .selectFrom('version_tags')
    .select('tag')
    .where('entity_id', '=', given.entityId)
    .where('version_id', '=', given.versionId)
    .orderBy('created_at')
    .orderBy('tag'),
);

export async function listVersionTags(db: Db, entityId: number, versionId: number): Promise<string[]> {
  const { rows } = await tagsOf(db, { entityId, versionId });
  return rows.map((row) => row.tag);
}

/** Tags that the version has already stay as they are. */
export async function insertVersionTags(
  db: Db,
  entityId: number,
  versionId: number,
  tags: readonly string[],
  nowMs: number,
): Promise<void> {
  await insertMissingRows(
    db,
    'version_tags',
    tags.map((tag) => ({ entity_id: entityId, version_id: versionId, tag, created_at: nowMs })),
  );
}

/** False when it did not have the tag. */
export async function deleteVersionTag(db: Db, entityId: number, versionId: number, tag: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('version_tags')
    .where('entity_id', '=', entityId)
    .where('version_id', '=', versionId)
    .where('tag', '=', tag)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const toColumns = (version: Omit<Version, 'id'>) => ({
  state: version.state,
  version_index: version.versionIndex,
  digest: version.digest,
  description: version.description,
  metadata: JSON.stringify(version.metadata),
  size: version.size,
  file_count: version.fileCount,
  ttl_seconds: version.ttlSeconds,
  pending_aliases: version.pendingAliases.length ? JSON.stringify(version.pendingAliases) : null,
  committed_at: version.committedAt,
  updated_at: version.updatedAt,
});

export const toVersion = (row: Selectable<Database['versions']>): Version => ({
  entityId: row.entity_id,
  id: row.id,
  projectId: row.project_id,
  collectionId: row.collection_id,
  state: row.state,
  versionIndex: row.version_index,
  digest: row.digest,
  description: row.description,
  metadata: JSON.parse(row.metadata) as Record<string, JsonValue>,
  size: row.size,
  fileCount: row.file_count,
  ttlSeconds: row.ttl_seconds,
  run: row.run,
  historyStep: row.history_step,
  createdById: row.created_by_id,
  author: row.author,
  clientId: row.client_id,
  distributedId: row.distributed_id,
  pendingAliases: row.pending_aliases === null ? [] : (JSON.parse(row.pending_aliases) as string[]),
  createdAt: row.created_at,
  committedAt: row.committed_at,
  updatedAt: row.updated_at,
});
