import type { SentLately } from '#lib/domain/request-rate.ts';
import { type Db, storeKindOf } from './connect.ts';

type TargetKey = { entityId: number; targetId: number };

/** Requests of the last minute, the row locked until the transaction ends: of several processes one counts at a time. */
export async function lockTargetRate(db: Db, { entityId, targetId }: TargetKey): Promise<SentLately> {
  await db
    .insertInto('target_rates')
    .values({ entity_id: entityId, target_id: targetId, sent: '[]' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  let query = db.selectFrom('target_rates').select('sent').where('entity_id', '=', entityId).where('target_id', '=', targetId);
  if (storeKindOf(db) === 'postgres') query = query.forUpdate();
  const { sent } = await query.executeTakeFirstOrThrow();
  return JSON.parse(sent) as SentLately;
}

export async function updateTargetRate(db: Db, { entityId, targetId }: TargetKey, sent: SentLately): Promise<void> {
  await db
    .updateTable('target_rates')
    .set({ sent: JSON.stringify(sent) })
    .where('entity_id', '=', entityId)
    .where('target_id', '=', targetId)
    .execute();
}
