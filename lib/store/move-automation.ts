import type { Automation } from '#lib/domain/automation.ts';
import { deleteAutomation, insertAutomation } from './automations.ts';
import { type Db, inTransaction } from './connect.ts';

/** To a scope of another entity: rows lie under the entity of their scope, so it is made anew and takes its number along. */
export async function moveAutomation(db: Db, fromEntityId: number, automation: Automation, nowMs: number): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    if (!(await deleteAutomation(tx, fromEntityId, automation.id))) return false;
    const made = await insertAutomation(tx, automation, nowMs);
    await tx
      .updateTable('automations')
      .set({ id: automation.id, created_at: automation.createdAt })
      .where('entity_id', '=', made.entityId)
      .where('id', '=', made.id)
      .execute();
    return true;
  });
}
