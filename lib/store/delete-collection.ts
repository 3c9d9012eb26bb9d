import type { Collection } from '#lib/domain/artifact.ts';
import type { Db } from './connect.ts';
import { deleteVersionRows } from './delete-version.ts';

/** Deletes a collection with the versions made in it and their links elsewhere; of linked versions only the links here. */
export async function deleteCollectionRows(db: Db, { entityId, id }: Pick<Collection, 'entityId' | 'id'>, nowMs: number): Promise<void> {
  const versions = await db
    .selectFrom('versions')
    .select(['entity_id', 'id'])
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', id)
    .where('state', '!=', 'deleted')
    .execute();
  for (const version of versions) await deleteVersionRows(db, { entityId: version.entity_id, id: version.id }, nowMs);
  for (const table of ['aliases', 'collection_versions', 'collection_tags'] as const) {
    await db.deleteFrom(table).where('entity_id', '=', entityId).where('collection_id', '=', id).execute();
  }
  await db.deleteFrom('collections').where('entity_id', '=', entityId).where('id', '=', id).execute();
}
