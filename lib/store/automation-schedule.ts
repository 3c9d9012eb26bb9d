import type { Db } from './connect.ts';

type AutomationKey = { entityId: number; id: number };

/** When a scheduled automation fires next, and from when its period counts. */
export async function putSchedule(db: Db, { entityId, id }: AutomationKey, nextAt: number, previousAt: number): Promise<void> {
  await db
    .insertInto('schedules')
    .values({ entity_id: entityId, automation_id: id, next_at: nextAt, previous_at: previousAt })
    .onConflict((conflict) => conflict.columns(['entity_id', 'automation_id']).doUpdateSet({ next_at: nextAt, previous_at: previousAt }))
    .execute();
}

export async function deleteSchedule(db: Db, { entityId, id }: AutomationKey): Promise<void> {
  await db.deleteFrom('schedules').where('entity_id', '=', entityId).where('automation_id', '=', id).execute();
}
