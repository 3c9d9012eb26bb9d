import { type SqlBool, sql } from 'kysely';
import { countBounded } from './bounded-count.ts';
import type { Db } from './connect.ts';

type TargetKey = { entityId: number; targetId: number };

/** Not a parameter: only so do the planners see that the partial index serves. */
const IS_RUNNING = sql<SqlBool>`status = 'running'`;

/** The entities whose automations may send to a target: its own, and those that chose it. */
export async function entitiesUsing(db: Db, { entityId, targetId }: TargetKey): Promise<number[]> {
  const users = await db.selectFrom('automations').select('entity_id').distinct().where('target_id', '=', targetId).execute();
  return [...new Set([entityId, ...users.map((row) => row.entity_id)])];
}

/** Executions that wait for a target or are on their way to it, counted up to the limit of lists. */
export async function countWaitingFor(db: Db, target: TargetKey): Promise<{ count: number; more: boolean }> {
  const entityIds = await entitiesUsing(db, target);
  return countBounded(
    db,
    sql`select id from executions where entity_id in (${sql.join(entityIds)}) and target_id = ${target.targetId} and due_at is not null`,
  );
}

/** Whether anything is on its way to it: along the index of what is in flight anywhere, which is little. */
export async function isBeingSent(db: Db, target: TargetKey): Promise<boolean> {
  const entityIds = await entitiesUsing(db, target);
  const { rows } = await sql`select 1 from executions where ${IS_RUNNING} and entity_id in (${sql.join(entityIds)})
    and target_id = ${target.targetId} limit 1`.execute(db);
  return rows.length > 0;
}
