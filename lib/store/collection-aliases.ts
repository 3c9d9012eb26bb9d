import type { CollectionKey } from './collection-versions.ts';
import type { Db } from './connect.ts';

/** The aliases in use, newest first, without the automatic `latest`. */
export async function listCollectionAliases(db: Db, { entityId, collectionId }: CollectionKey, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('aliases')
    .select('alias')
    .where('entity_id', '=', entityId)
    .where('collection_id', '=', collectionId)
    .where('alias', '!=', 'latest')
    .orderBy('created_at', 'desc')
    .orderBy('alias')
    .limit(limit)
    .execute();
  return rows.map((row) => row.alias);
}
