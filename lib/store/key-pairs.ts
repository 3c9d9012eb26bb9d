import type { KeyPair } from '#lib/domain/key-pair.ts';
import type { Db } from './connect.ts';
import type { Database } from './schema.ts';

type Columns = Pick<Database['targets'], 'public_key' | 'key_made_at' | 'old_public_key' | 'old_key_ends_at'>;

export const toKeyPair = (row: Columns): KeyPair | null =>
  row.public_key === null
    ? null
    : {
        publicKey: row.public_key,
        madeAt: row.key_made_at!,
        old: row.old_public_key === null ? null : { publicKey: row.old_public_key, endsAt: row.old_key_ends_at! },
      };

const ofTarget = (db: Db, entityId: number, id: number) => db.updateTable('targets').where('entity_id', '=', entityId).where('id', '=', id);

/** The first key of a webhook; null takes its keys away. */
export async function setKeyPair(
  db: Db,
  entityId: number,
  id: number,
  made: { sealed: string; publicKey: string; at: number } | null,
): Promise<void> {
  await ofTarget(db, entityId, id)
    .set({
      signing_key: made?.sealed ?? null,
      public_key: made?.publicKey ?? null,
      key_made_at: made?.at ?? null,
      old_signing_key: null,
      old_public_key: null,
      old_key_ends_at: null,
    })
    .execute();
}

/** A new key; the one before signs too until its time is over. Of two old ones the first is kept: receivers know that one. */
export async function replaceKeyPair(
  db: Db,
  entityId: number,
  id: number,
  made: { sealed: string; publicKey: string; at: number; oldEndsAt: number | null },
): Promise<void> {
  await ofTarget(db, entityId, id)
    .set((eb) => {
      const kept = (old: 'old_signing_key' | 'old_public_key', current: 'signing_key' | 'public_key') =>
        made.oldEndsAt === null ? null : eb.case().when('old_key_ends_at', '>', made.at).then(eb.ref(old)).else(eb.ref(current)).end();
      return {
        signing_key: made.sealed,
        public_key: made.publicKey,
        key_made_at: made.at,
        old_signing_key: kept('old_signing_key', 'signing_key'),
        old_public_key: kept('old_public_key', 'public_key'),
        old_key_ends_at: made.oldEndsAt,
      };
    })
    .execute();
}

/** From now on only the new key signs; false when there was no other. */
export async function endKeyOverlap(db: Db, entityId: number, id: number): Promise<boolean> {
  const { numUpdatedRows } = await ofTarget(db, entityId, id)
    .set({ old_signing_key: null, old_public_key: null, old_key_ends_at: null })
    .where('old_signing_key', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The sealed private parts: of the key, and of the one that it replaces while both are live. */
export async function findSealedKeys(db: Db, entityId: number, id: number, nowMs: number): Promise<string[]> {
  const row = await db
    .selectFrom('targets')
    .select(['signing_key', 'old_signing_key', 'old_key_ends_at'])
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? sealedKeysOf(row, nowMs) : [];
}

/** The newest first. */
export function sealedKeysOf(
  row: Pick<Database['targets'], 'signing_key' | 'old_signing_key' | 'old_key_ends_at'>,
  nowMs: number,
): string[] {
  if (row.signing_key === null) return [];
  const overlaps = row.old_signing_key !== null && row.old_key_ends_at! > nowMs;
  return overlaps ? [row.signing_key, row.old_signing_key!] : [row.signing_key];
}
