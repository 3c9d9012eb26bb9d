import { INSTANCE_ENTITY_ID } from '#lib/domain/entity.ts';
import type { Db } from './connect.ts';

const BATCH = 500;
const DAY_MS = 86_400_000;
/** Good news is news for two days; what was seen to is kept for a quarter. */
const INFO_NOTICE_MS = 2 * DAY_MS;
const SEEN_NOTICE_MS = 90 * DAY_MS;

/** Sessions, old secret values and notices whose time is over, counters of limits that ended. */
export async function deleteEnded(db: Db, now: number): Promise<void> {
  await db.deleteFrom('rate_counts').where('window_ends_at', '<=', now).execute();
  await db.deleteFrom('auth_sessions').where('expires_at', '<=', new Date(now).toISOString()).execute();
  await db.updateTable('secrets').set({ old_value: null, overlap_ends_at: null }).where('overlap_ends_at', '<=', now).execute();
  await db
    .updateTable('targets')
    .set({ old_signing_key: null, old_public_key: null, old_key_ends_at: null })
    .where('old_key_ends_at', '<=', now)
    .execute();
  await db
    .updateTable('notices')
    .set({ resolved_at: now })
    .where('resolved_at', 'is', null)
    .where('severity', '=', 'info')
    .where('at', '<=', now - INFO_NOTICE_MS)
    .execute();
  await db
    .deleteFrom('notices')
    .where('resolved_at', '<=', now - SEEN_NOTICE_MS)
    .execute();
}

/** Audit rows older than `before`, entity by entity along the index, in small batches. */
export async function pruneAudit(db: Db, before: number): Promise<void> {
  const entities = await db.selectFrom('entities').select('id').execute();
  for (const entityId of [INSTANCE_ENTITY_ID, ...entities.map((row) => row.id)]) {
    while ((await pruneBatch(db, entityId, before)) === BATCH);
  }
}

async function pruneBatch(db: Db, entityId: number, before: number): Promise<number> {
  const old = await db
    .selectFrom('audit')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('at', '<', before)
    .orderBy('at')
    .limit(BATCH)
    .execute();
  if (old.length === 0) return 0;
  await db
    .deleteFrom('audit')
    .where('entity_id', '=', entityId)
    .where(
      'id',
      'in',
      old.map((row) => row.id),
    )
    .execute();
  return old.length;
}
