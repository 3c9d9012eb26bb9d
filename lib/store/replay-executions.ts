import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Flag } from './schema/flag.ts';

/**
 * Queues an execution again: same id and payload, tries from 1, attempt numbers go on. A waiting one is due now and keeps
 * its tries. False when it is being sent, or has nothing to send to.
 */
export async function requeueExecution(db: Db, entityId: number, id: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('executions')
    .set((eb) => ({
      status: 'pending',
      due_at: nowMs,
      finished_at: null,
      cause: null,
      worker: null,
      reason: eb.case().when('status', '=', 'pending').then(eb.ref('reason')).else(null).end(),
      try: eb.case().when('status', '=', 'pending').then(eb.ref('try')).else(0).end(),
      second_chance_used: sql<Flag>`case when status = 'pending' then second_chance_used else 0 end`,
    }))
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .where('status', '!=', 'running')
    .where('target_id', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
