import type { Db } from './connect.ts';
import { insertMissingRows } from './insert-rows.ts';

/** Content of artifact files, once for each digest of an entity. */
export type StoredFile = { digest: string; storageKey: string; size: number; uploadedAt: number | null };

const hexOf = (digest: string) => Buffer.from(digest, 'base64').toString('hex');

/** Makes room for contents that the entity does not have, in one order, as two may log the same files at once; answers those whose content is there already, with its size. */
export async function openStoredFiles(db: Db, entityId: number, digests: readonly string[], nowMs: number): Promise<Map<string, number>> {
  await insertMissingRows(
    db,
    'stored_files',
    [...new Set(digests)].toSorted().map((digest) => ({
      entity_id: entityId,
      digest,
      storage_key: `content/${entityId}/${hexOf(digest).slice(0, 2)}/${hexOf(digest)}`,
      size: 0,
      mime_type: null,
      uploaded_at: null,
      created_at: nowMs,
    })),
  );
  return findUploadedSizes(db, entityId, digests);
}

const DIGESTS_AT_ONCE = 500;

/** Which of these contents the entity has already, and how long each is. */
export async function findUploadedSizes(db: Db, entityId: number, digests: readonly string[]): Promise<Map<string, number>> {
  const uploaded = new Map<string, number>();
  for (let at = 0; at < digests.length; at += DIGESTS_AT_ONCE) {
    const rows = await db
      .selectFrom('stored_files')
      .select(['digest', 'size'])
      .where('entity_id', '=', entityId)
      .where('digest', 'in', digests.slice(at, at + DIGESTS_AT_ONCE))
      .where('uploaded_at', 'is not', null)
      .execute();
    for (const { digest, size } of rows) uploaded.set(digest, size);
  }
  return uploaded;
}

export async function findStoredFile(db: Db, entityId: number, digest: string): Promise<StoredFile | null> {
  const row = await db
    .selectFrom('stored_files')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row ? { digest: row.digest, storageKey: row.storage_key, size: row.size, uploadedAt: row.uploaded_at } : null;
}

export async function markContentUploaded(db: Db, entityId: number, digest: string, size: number, nowMs: number): Promise<void> {
  await db
    .updateTable('stored_files')
    .set({ size, uploaded_at: nowMs })
    .where('entity_id', '=', entityId)
    .where('digest', '=', digest)
    .execute();
}
