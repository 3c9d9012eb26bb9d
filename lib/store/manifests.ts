import type { Selectable } from 'kysely';
import type { Db } from './connect.ts';
import { insertMissingRows } from './insert-rows.ts';
import { nextNumber } from './numbers.ts';
import { isOneOf } from './record-set.ts';
import type { Database } from './schema.ts';

/** The list of a version's files, as the client uploads it. `size` is null until its content has arrived. */
export type Manifest = {
  entityId: number;
  id: number;
  versionId: number;
  kind: 'FULL' | 'PATCH' | 'INCREMENTAL';
  name: string;
  digest: string;
  storageKey: string;
  size: number | null;
  baseVersionId: number | null;
  createdAt: number;
};

export type NewManifest = Omit<Manifest, 'id' | 'storageKey' | 'size'>;

export async function insertManifest(db: Db, manifest: NewManifest): Promise<Manifest> {
  const id = await nextNumber(db, 'file');
  const storageKey = `manifests/${manifest.entityId}/${id}`;
  await db
    .insertInto('manifests')
    .values({
      entity_id: manifest.entityId,
      id,
      version_id: manifest.versionId,
      kind: manifest.kind,
      name: manifest.name,
      digest: manifest.digest,
      storage_key: storageKey,
      size: null,
      base_version_id: manifest.baseVersionId,
      created_at: manifest.createdAt,
    })
    .execute();
  return { ...manifest, id, storageKey, size: null };
}

export async function findManifest(db: Db, entityId: number, id: number): Promise<Manifest | null> {
  const row = await db.selectFrom('manifests').selectAll().where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row ? toManifest(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findManifestByNumber(db: Db, id: number): Promise<Manifest | null> {
  const row = await db.selectFrom('manifests').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toManifest(row) : null;
}

/** Oldest first: several where several writers make one version. */
export async function listManifestsOf(db: Db, entityId: number, versionId: number): Promise<Manifest[]> {
  const rows = await db
    .selectFrom('manifests')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('version_id', '=', versionId)
    .orderBy('id')
    .execute();
  return rows.map(toManifest);
}

/** The newest of a version. */
export async function findManifestOf(db: Db, entityId: number, versionId: number): Promise<Manifest | null> {
  const row = await db
    .selectFrom('manifests')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('version_id', '=', versionId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toManifest(row) : null;
}

export async function updateManifest(db: Db, { entityId, id }: Pick<Manifest, 'entityId' | 'id'>, digest: string): Promise<void> {
  await db.updateTable('manifests').set({ digest }).where('entity_id', '=', entityId).where('id', '=', id).execute();
}

/** A part of a version's files has become the list of all of them. */
export async function replaceManifest(
  db: Db,
  entityId: number,
  { id, digest, size }: Pick<Manifest, 'id' | 'digest' | 'size'>,
): Promise<void> {
  const whole = { kind: 'FULL', name: 'wandb_manifest.json', digest, size } as const;
  await db.updateTable('manifests').set(whole).where('entity_id', '=', entityId).where('id', '=', id).execute();
}

export async function markManifestUploaded(db: Db, entityId: number, id: number, size: number): Promise<void> {
  await db.updateTable('manifests').set({ size }).where('entity_id', '=', entityId).where('id', '=', id).execute();
}

/** A file of a version: content of ours by its digest, or a reference to somewhere else. */
export type ManifestEntry = { path: string; digest: string; size: number; ref: string | null; birthVersionId: number | null };

export async function insertManifestEntries(db: Db, entityId: number, versionId: number, entries: readonly ManifestEntry[]): Promise<void> {
  await insertMissingRows(
    db,
    'manifest_entries',
    entries.map((entry) => ({
      entity_id: entityId,
      version_id: versionId,
      path: entry.path,
      digest: entry.digest,
      size: entry.size,
      ref: entry.ref,
      birth_version_id: entry.birthVersionId,
      extra: null,
    })),
  );
}

export type EntryFilter = { paths?: readonly string[] };

export async function countManifestEntries(db: Db, entityId: number, versionId: number, filter: EntryFilter): Promise<number> {
  const { count } = await db
    .selectFrom('manifest_entries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entity_id', '=', entityId)
    .where('version_id', '=', versionId)
    .$if(filter.paths !== undefined, (query) => query.where(({ ref }) => isOneOf(db, ref('path'), JSON.stringify(filter.paths))))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** By path; `afterPath` is the last one of the page before. */
export async function listManifestEntries(
  db: Db,
  entityId: number,
  versionId: number,
  filter: EntryFilter,
  page: { limit: number; afterPath?: string },
): Promise<ManifestEntry[]> {
  let query = db.selectFrom('manifest_entries').selectAll().where('entity_id', '=', entityId).where('version_id', '=', versionId);
  if (filter.paths) query = query.where(({ ref }) => isOneOf(db, ref('path'), JSON.stringify(filter.paths)));
  if (page.afterPath !== undefined) query = query.where('path', '>', page.afterPath);
  const rows = await query.orderBy('path').limit(page.limit).execute();
  return rows.map((row) => ({ path: row.path, digest: row.digest, size: row.size, ref: row.ref, birthVersionId: row.birth_version_id }));
}

const toManifest = (row: Selectable<Database['manifests']>): Manifest => ({
  entityId: row.entity_id,
  id: row.id,
  versionId: row.version_id,
  kind: row.kind,
  name: row.name,
  digest: row.digest,
  storageKey: row.storage_key ?? '',
  size: row.size,
  baseVersionId: row.base_version_id,
  createdAt: row.created_at,
});

/** Under which entity the content lies that a version standing in the collection has; null where none has it. */
export async function findOwnerOfDigest(
  db: Db,
  { entityId, collectionId }: { entityId: number; collectionId: number },
  digest: string,
): Promise<number | null> {
  const row = await db
    .selectFrom('collection_versions')
    .innerJoin('manifest_entries', (join) =>
      join
        .onRef('manifest_entries.entity_id', '=', 'collection_versions.version_entity_id')
        .onRef('manifest_entries.version_id', '=', 'collection_versions.version_id'),
    )
    .select('manifest_entries.entity_id')
    .where('collection_versions.entity_id', '=', entityId)
    .where('collection_versions.collection_id', '=', collectionId)
    .where('manifest_entries.digest', '=', digest)
    .where('manifest_entries.ref', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row?.entity_id ?? null;
}
