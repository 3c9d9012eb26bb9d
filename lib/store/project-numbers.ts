import { sql } from 'kysely';
import { countBounded } from './bounded-count.ts';
import type { Db } from './connect.ts';

export type ProjectNumbers = {
  runs: { count: number; more: boolean };
  collections: { count: number; more: boolean };
  automations: { count: number; more: boolean };
  lastActivityAt: number | null;
};

/** What a project's card and header show. */
export async function findProjectNumbers(db: Db, entityId: number, projectId: number): Promise<ProjectNumbers> {
  const within = sql`entity_id = ${entityId} and project_id = ${projectId}`;
  const [runs, collections, automations, activity] = await Promise.all([
    countBounded(db, sql`select 1 from runs where ${within}`),
    countBounded(db, sql`select 1 from collections where ${within}`),
    countBounded(db, sql`select 1 from automations where ${within}`),
    sql<{ at: number | null }>`select max(at) as at from (
      select max(updated_at) as at from (select updated_at from runs where ${within} order by created_at desc, id desc limit 20) as newest
      union all select max(updated_at) as at from collections where ${within}) as activity`.execute(db),
  ]);
  return { runs, collections, automations, lastActivityAt: activity.rows[0]?.at ?? null };
}
