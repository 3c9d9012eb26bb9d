import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#lib/domain/scope.ts';
import { countBounded } from './bounded-count.ts';
import type { Db } from './connect.ts';
import { type RunWithProgress, toRunWithProgress } from './runs.ts';

/** Runs whose time for a look has come. */
export async function listRunsToCheck(db: Db, nowMs: number, limit: number): Promise<{ entityId: number; id: number }[]> {
  const rows = await db
    .selectFrom('run_progress')
    .select(['entity_id', 'id'])
    .where('check_at', '<=', nowMs)
    .orderBy('check_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ entityId: row.entity_id, id: row.id }));
}

/** Has every running run of a scope looked at: a rule about silence has begun to watch it. */
export async function checkRunsInScope(db: Db, scope: Scope, nowMs: number): Promise<void> {
  const entities =
    scope.kind === 'organization'
      ? sql`select id from entities where organization_id = (select organization_id from entities where id = ${scope.entityId})`
      : sql`select id from entities where id = ${scope.entityId}`;
  const project = 'projectId' in scope ? sql`and project_id = ${scope.projectId}` : sql``;
  await sql`update run_progress set check_at = ${nowMs}
    where (check_at is null or check_at > ${nowMs}) and entity_id in (${entities})
      and id in (select id from runs where state = 'running' and entity_id in (${entities}) ${project})`.execute(db);
}

export type DueSchedule = { entityId: number; automationId: number; nextAt: number };

export async function listDueSchedules(db: Db, nowMs: number, limit: number): Promise<DueSchedule[]> {
  const rows = await db.selectFrom('schedules').selectAll().where('next_at', '<=', nowMs).orderBy('next_at').limit(limit).execute();
  return rows.map((row) => ({ entityId: row.entity_id, automationId: row.automation_id, nextAt: row.next_at }));
}

/** Moves a schedule on; false when another process has done so, and fired. */
export async function advanceSchedule(db: Db, due: DueSchedule, nextAt: number | null, firedAt: number): Promise<boolean> {
  const mine = sql<SqlBool>`entity_id = ${due.entityId} and automation_id = ${due.automationId} and next_at = ${due.nextAt}`;
  if (nextAt === null) {
    const { numDeletedRows } = await db.deleteFrom('schedules').where(mine).executeTakeFirst();
    return numDeletedRows > 0n;
  }
  const { numUpdatedRows } = await db
    .updateTable('schedules')
    .set({ next_at: nextAt, previous_at: firedAt })
    .where(mine)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const MOST_SUMMARISED = 10_000;

/** Runs of a scope that were under way in a period, newest first, with the names of their places. */
export async function listRunsOfPeriod(
  db: Db,
  scope: Scope,
  period: { from: number; to: number },
): Promise<(RunWithProgress & { entity: string; project: string })[]> {
  let query = db
    .selectFrom('runs')
    .innerJoin('run_progress', (join) =>
      join.onRef('run_progress.entity_id', '=', 'runs.entity_id').onRef('run_progress.id', '=', 'runs.id'),
    )
    .innerJoin('projects', (join) => join.onRef('projects.entity_id', '=', 'runs.entity_id').onRef('projects.id', '=', 'runs.project_id'))
    .innerJoin('entities', 'entities.id', 'runs.entity_id')
    .selectAll('run_progress')
    .selectAll('runs')
    .select(['projects.name as project_name', 'entities.name as entity_name'])
    .where('runs.created_at', '<', period.to)
    .where((eb) => eb.or([eb('runs.finished_at', 'is', null), eb('runs.finished_at', '>=', period.from)]));
  if (scope.kind === 'organization') {
    query = query.where(
      sql<SqlBool>`entities.organization_id = (select organization_id from entities where id = ${scope.entityId}) and entities.kind = 'team'`,
    );
  } else query = query.where('runs.entity_id', '=', scope.entityId);
  if ('projectId' in scope) query = query.where('runs.project_id', '=', scope.projectId);
  const rows = await query.orderBy('runs.created_at', 'desc').orderBy('runs.id', 'desc').limit(MOST_SUMMARISED).execute();
  return rows.map((row) => ({ ...toRunWithProgress(row), entity: row.entity_name, project: row.project_name }));
}

const QUEUE_COUNTED = 10_000;

/** Executions that wait or are being sent, counted along the index of due rows and no further than 10,000. */
export async function countQueued(db: Db): Promise<number> {
  return (await countBounded(db, sql`select id from executions where due_at is not null`, QUEUE_COUNTED)).count;
}
