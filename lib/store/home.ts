import { type RawBuilder, sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Seen } from './seen.ts';

/** Counting stops here: a week may hold millions, and a home page is no report. */
const COUNTED = 10_000;

const inSight = ({ entityIds, hiddenProjectIds }: Seen): RawBuilder<unknown> =>
  hiddenProjectIds.length === 0
    ? sql`entity_id in (${sql.join([...entityIds])})`
    : sql`entity_id in (${sql.join([...entityIds])}) and (project_id is null or project_id not in (${sql.join([...hiddenProjectIds])}))`;

/** Executions since a moment, by how they ended; each number stops at 10,000. */
export async function countWeek(db: Db, seen: Seen, sinceMs: number): Promise<{ fired: number; delivered: number; failed: number }> {
  if (seen.entityIds.length === 0) return { fired: 0, delivered: 0, failed: 0 };
  const count = async (status: 'finished' | 'failed' | null) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from executions
      where ${inSight(seen)} and created_at >= ${sinceMs} and ${status ? sql`status = ${status}` : sql`status <> 'skipped'`}
      limit ${COUNTED}) as counted`.execute(db);
    return Number(rows[0]!.n);
  };
  const [fired, delivered, failed] = await Promise.all([count(null), count('finished'), count('failed')]);
  return { fired, delivered, failed };
}

/** Whether any row is there, for the way to the first automation. */
export async function hasRows(
  db: Db,
  table: 'secrets' | 'targets' | 'events' | 'runs' | 'automations' | 'executions',
  entityIds: readonly number[],
): Promise<boolean> {
  if (entityIds.length === 0) return false;
  const live = table === 'targets' ? sql` and deleted_at is null` : sql``;
  const { rows } = await sql`select 1 from ${sql.table(table)} where entity_id in (${sql.join([...entityIds])})${live} limit 1`.execute(db);
  return rows.length > 0;
}

export type FailingAutomation = { entityId: number; id: number; name: string; failed: number; lastFailedAt: number; reason: string | null };

/** Automations with given-up executions since a moment, the newest failure first. */
export async function listFailingAutomations(db: Db, seen: Seen, sinceMs: number, limit: number): Promise<FailingAutomation[]> {
  if (seen.entityIds.length === 0) return [];
  const { rows } = await sql<FailingAutomation>`select e.entity_id as "entityId", e.automation_id as id, max(e.automation_name) as name,
      count(*) as failed, max(e.created_at) as "lastFailedAt", max(e.reason) as reason
    from (select * from executions where ${inSight(seen)} and status = 'failed' and created_at >= ${sinceMs}
      order by created_at desc limit 1000) as e
    group by e.entity_id, e.automation_id order by "lastFailedAt" desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, failed: Number(row.failed) }));
}

/** Counts no further than a home page shows. */
export async function countAutomations(db: Db, seen: Seen): Promise<number> {
  if (seen.entityIds.length === 0) return 0;
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from automations
    where ${inSight(seen)} limit ${COUNTED}) as counted`.execute(db);
  return Number(rows[0]!.n);
}
