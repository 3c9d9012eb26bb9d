import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Attempt, Execution, ExecutionStatus } from '#lib/domain/execution.ts';
import type { FailureCause } from '#lib/domain/failure-causes.ts';
import { countBounded } from './bounded-count.ts';
import type { Db } from './connect.ts';
import { toExecution } from './executions.ts';

/** One row of the history, with what its last attempt came to. */
export type ExecutionListItem = {
  execution: Execution;
  on: AutomationEvent;
  /** Of one that failed for good. */
  cause: FailureCause | null;
  /** How many more firings a skipped one stands for. */
  counted: number;
  targetName: string | null;
  automationExists: boolean;
  lastAttempt: { durationMs: number | null; status: number | null } | null;
};

/** Part of what an entity's automations did: all of it, or only what happened in some projects. */
export type HistoryRange = { entityId: number; projectIds?: readonly number[] };

export type HistoryFilter = {
  ranges: readonly HistoryRange[];
  automationId?: number | undefined;
  status?: ExecutionStatus | undefined;
  targetId?: number | undefined;
  projectId?: number | undefined;
  /** Registries that the reader may not see. */
  hiddenProjectIds?: readonly number[] | undefined;
  collectionId?: number | undefined;
  run?: number | undefined;
  versionId?: number | undefined;
  eventId?: string | undefined;
  sinceMs?: number | undefined;
  untilMs?: number | undefined;
};

/**
 * Newest first, by time and id; `before` is the last row of the page before. Each entity's page is read on its own and the pages are merged, so that the cost stays
 * that of one page whatever the length of the history.
 */
export async function listExecutions(
  db: Db,
  filter: HistoryFilter,
  page: { limit: number; before?: { createdAt: number; id: string } | undefined },
): Promise<ExecutionListItem[]> {
  const { limit, before } = page;
  const found: Key[] = [];
  for (const range of filter.ranges) {
    const { rows } = await sql<{ id: string; created_at: number }>`
      select id, created_at from executions e where ${conditions(range, filter)}
        ${before === undefined ? sql`` : sql`and (e.created_at, e.id) < (${before.createdAt}, ${before.id})`}
      order by e.created_at desc, e.id desc limit ${limit}`.execute(db);
    for (const { id, created_at: createdAt } of rows) found.push({ entityId: range.entityId, id, createdAt });
  }
  found.sort(newestFirst);
  return readItems(db, found.filter(({ id }, index) => id !== found[index - 1]?.id).slice(0, limit));
}

type Key = { entityId: number; id: string; createdAt: number };

const newestFirst = (a: Pick<Key, 'id' | 'createdAt'>, b: Pick<Key, 'id' | 'createdAt'>) =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** Stops at the limit of all counts over lists. */
export async function countExecutions(db: Db, filter: HistoryFilter): Promise<{ count: number; more: boolean }> {
  if (filter.ranges.length === 0) return { count: 0, more: false };
  const parts = filter.ranges.map((range) => sql`select e.id from executions e where ${conditions(range, filter)}`);
  return countBounded(db, sql`select id from (${sql.join(parts, sql` union all `)}) as listed`);
}

function conditions(range: HistoryRange, filter: HistoryFilter): RawBuilder<SqlBool> {
  const all: RawBuilder<unknown>[] = [sql`e.entity_id = ${range.entityId}`];
  const { projectIds } = range;
  if (projectIds) all.push(projectIds.length ? sql`e.project_id in (${sql.join([...projectIds])})` : sql`1 = 0`);
  if (filter.automationId !== undefined) all.push(sql`e.automation_id = ${filter.automationId}`);
  if (filter.status !== undefined) all.push(sql`e.status = ${filter.status}`);
  if (filter.targetId !== undefined) all.push(sql`e.target_id = ${filter.targetId}`);
  if (filter.projectId !== undefined) all.push(sql`e.project_id = ${filter.projectId}`);
  if (filter.hiddenProjectIds?.length) all.push(sql`e.project_id not in (${sql.join([...filter.hiddenProjectIds])})`);
  if (filter.collectionId !== undefined) all.push(sql`e.collection_id = ${filter.collectionId}`);
  if (filter.run !== undefined) all.push(sql`e.run = ${filter.run}`);
  if (filter.versionId !== undefined) all.push(sql`e.version_id = ${filter.versionId}`);
  if (filter.eventId !== undefined) all.push(sql`e.event_id = ${filter.eventId}`);
  if (filter.sinceMs !== undefined) all.push(sql`e.created_at >= ${filter.sinceMs}`);
  if (filter.untilMs !== undefined) all.push(sql`e.created_at < ${filter.untilMs}`);
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/** A live list asks for the rows that a change named. Those that are not there, or elsewhere, are left away. */
export const listExecutionsByIds = (db: Db, entityId: number, ids: readonly string[]): Promise<ExecutionListItem[]> =>
  readItems(
    db,
    ids.map((id) => ({ entityId, id })),
  );

export async function readItems(db: Db, keys: readonly { entityId: number; id: string }[]): Promise<ExecutionListItem[]> {
  const items: ExecutionListItem[] = [];
  for (const [entityId, own] of Map.groupBy(keys, (key) => key.entityId)) {
    const rows = await db
      .selectFrom('executions as e')
      .innerJoin('execution_facts as f', (join) => join.onRef('f.entity_id', '=', 'e.entity_id').onRef('f.id', '=', 'e.id'))
      .leftJoin('attempts as a', (join) =>
        join.onRef('a.entity_id', '=', 'e.entity_id').onRef('a.execution_id', '=', 'e.id').onRef('a.number', '=', 'e.number'),
      )
      .leftJoin('automations as m', (join) => join.onRef('m.entity_id', '=', 'e.entity_id').onRef('m.id', '=', 'e.automation_id'))
      .selectAll('e')
      .select(['f.event', 'f.decision', 'f.action', 'f.retry', 'm.id as automation_found'])
      .select(['a.number as attempt_number', 'a.duration_ms as attempt_duration', 'a.status as attempt_status'])
      .where('e.entity_id', '=', entityId)
      .where(
        'e.id',
        'in',
        own.map(({ id }) => id),
      )
      .execute();
    const names = await targetNames(db, rows);
    for (const row of rows) {
      items.push({
        execution: toExecution(row),
        on: row.on_type,
        cause: row.cause,
        counted: row.counted,
        targetName: row.target_id === null ? null : (names.get(row.target_id) ?? null),
        automationExists: row.automation_found !== null,
        lastAttempt: row.attempt_number === null ? null : { durationMs: row.attempt_duration, status: row.attempt_status },
      });
    }
  }
  return items.sort((a, b) => newestFirst(a.execution, b.execution));
}

/** Targets may lie under another entity than the executions. */
async function targetNames(db: Db, rows: readonly { target_entity_id: number | null; target_id: number | null }[]) {
  const names = new Map<number, string>();
  const withTarget = rows.filter((row) => row.target_id !== null);
  for (const [entityId, own] of Map.groupBy(withTarget, (row) => row.target_entity_id!)) {
    const found = await db
      .selectFrom('targets')
      .select(['id', 'name'])
      .where('entity_id', '=', entityId)
      .where('id', 'in', [...new Set(own.map((row) => row.target_id!))])
      .execute();
    for (const { id, name } of found) names.set(id, name);
  }
  return names;
}

export async function findExecution(db: Db, entityId: number, id: string): Promise<ExecutionListItem | null> {
  const [item] = await readItems(db, [{ entityId, id }]);
  return item ?? null;
}

/** As its executions remember it, also when it is deleted; null where they happened only where the reader may not see them. */
export async function findAutomationName(
  db: Db,
  entityId: number,
  automationId: number,
  hiddenProjectIds: readonly number[],
): Promise<string | null> {
  const row = await db
    .selectFrom('executions')
    .select('automation_name')
    .where('entity_id', '=', entityId)
    .where('automation_id', '=', automationId)
    .$if(hiddenProjectIds.length > 0, (query) => query.where('project_id', 'not in', [...hiddenProjectIds]))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.automation_name ?? null;
}

/** By its id alone, for addresses that do not name the entity. */
export async function findExecutionById(db: Db, id: string): Promise<ExecutionListItem | null> {
  const row = await db.selectFrom('executions').select('entity_id').where('id', '=', id).executeTakeFirst();
  return row ? findExecution(db, row.entity_id, id) : null;
}

/** Every attempt in order; bodies that were pruned are missing. */
export async function listAttempts(db: Db, entityId: number, executionId: string): Promise<Attempt[]> {
  const rows = await db
    .selectFrom('attempts as a')
    .leftJoin('attempt_bodies as b', (join) =>
      join.onRef('b.entity_id', '=', 'a.entity_id').onRef('b.execution_id', '=', 'a.execution_id').onRef('b.number', '=', 'a.number'),
    )
    .selectAll('a')
    .select(['b.request', 'b.response'])
    .where('a.entity_id', '=', entityId)
    .where('a.execution_id', '=', executionId)
    .orderBy('a.number')
    .execute();
  return rows.map((row) => ({
    executionId,
    number: row.number,
    try: row.try,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    address: row.address,
    timings: parsed(row.timings),
    request: parsed(row.request),
    response: parsed(row.response),
    error: parsed(row.error),
  }));
}

const parsed = <Value>(text: string | null): Value | null => (text === null ? null : (JSON.parse(text) as Value));
