import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Action } from '#lib/domain/automation.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Execution } from '#lib/domain/execution.ts';
import type { RetrySchedule } from '#lib/domain/retry-schedule.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { type Db, inTransaction, storeKindOf } from './connect.ts';
import { insertRows } from './insert-rows.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

/** How long a running execution is its worker's before another may take it. */
export const LEASE_MS = 10_000;

/** An execution as it is made; `counted`: how many more firings a skipped one stands for. */
export type NewExecution = Execution & { on: AutomationEvent; counted?: number };

/** Not a parameter: only so do the planners see that the partial index serves. */
const IS_RUNNING = sql<SqlBool>`status = 'running'`;

/** Where executions wait: a target (of maybe another entity), under the entity of their automations. */
export type DueTarget = { entityId: number; targetId: number; targetEntityId: number };

type ExecutionRow = Selectable<Database['executions']>;
type FactsRow = Omit<Selectable<Database['execution_facts']>, 'entity_id' | 'id'>;

/** Writes executions with what they freeze; pending ones are in the queue from the commit on. */
export async function queueExecutions(db: Db, executions: readonly NewExecution[]): Promise<void> {
  if (executions.length === 0) return;
  await insertRows(db, 'executions', executions.map(toRow));
  await insertRows(db, 'execution_facts', executions.map(toFacts));
}

/**
 * Takes up to `limit` due executions of one target for `worker`: running, leased, with an attempt opened for each.
 * Rows of other targets are not read, however many wait.
 */
export async function claimExecutions(db: Db, target: DueTarget, nowMs: number, limit: number, worker: string): Promise<Execution[]> {
  if (limit <= 0) return [];
  const rows = storeKindOf(db) === 'postgres' ? claimOnPostgres : claimOnSqlite;
  return (await rows(db, target, nowMs, limit, worker)).map(toExecution).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How many a claim of `limit` would take now; to the transaction's end they are nobody else's. Only on PostgreSQL. */
export async function lockDue(db: Db, { entityId, targetId }: DueTarget, nowMs: number, limit: number): Promise<number> {
  const { rows } = await sql`
    select id from executions where entity_id = ${entityId} and target_id = ${targetId} and due_at <= ${nowMs}
    order by due_at, id limit ${limit} for update skip locked`.execute(db);
  return rows.length;
}

/** One round trip: rows that another process is taking are skipped, not waited for. */
async function claimOnPostgres(db: Db, { entityId, targetId }: DueTarget, nowMs: number, limit: number, worker: string) {
  const { rows } = await sql<ExecutionRow & FactsRow>`
    with due as (
      select id from executions where entity_id = ${entityId} and target_id = ${targetId} and due_at <= ${nowMs}
      order by due_at, id limit ${limit} for update skip locked),
    claimed as (
      update executions set status = 'running', number = number + 1, try = try + case status when 'pending' then 1 else 0 end,
        due_at = ${nowMs + LEASE_MS}::int8, worker = ${worker}
      where entity_id = ${entityId} and id in (select id from due) returning *),
    opened as (
      insert into attempts (entity_id, execution_id, number, try, target_id, started_at)
      select entity_id, id, number, try, target_id, ${nowMs}::int8 from claimed)
    select claimed.*, facts.event, facts.decision, facts.action, facts.retry
    from claimed join execution_facts facts on facts.entity_id = ${entityId} and facts.id = claimed.id`.execute(db);
  return rows;
}

function claimOnSqlite(db: Db, { entityId, targetId }: DueTarget, nowMs: number, limit: number, worker: string) {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<ExecutionRow & FactsRow>`
      update executions set status = 'running', number = number + 1, try = try + case status when 'pending' then 1 else 0 end,
        due_at = ${nowMs + LEASE_MS}, worker = ${worker}
      where entity_id = ${entityId} and id in (
        select id from executions where entity_id = ${entityId} and target_id = ${targetId} and due_at <= ${nowMs}
        order by due_at, id limit ${limit})
      returning *,
        (select event from execution_facts f where f.entity_id = executions.entity_id and f.id = executions.id) as event,
        (select decision from execution_facts f where f.entity_id = executions.entity_id and f.id = executions.id) as decision,
        (select action from execution_facts f where f.entity_id = executions.entity_id and f.id = executions.id) as action,
        (select retry from execution_facts f where f.entity_id = executions.entity_id and f.id = executions.id) as retry`.execute(tx);
    await insertRows(
      tx,
      'attempts',
      rows.map((row) => openedAttempt(row, nowMs)),
    );
    return rows;
  });
}

const openedAttempt = (row: ExecutionRow, nowMs: number) => ({
  entity_id: row.entity_id,
  execution_id: row.id,
  number: row.number,
  try: row.try,
  target_id: row.target_id,
  started_at: nowMs,
});

/** One attempt at an execution. */
export type AttemptKey = { entityId: number; id: string; number: number };

/** Keeps the leases of everything the worker holds; answers what that is, less what is being settled at this moment. */
export async function renewLeases(db: Db, worker: string, nowMs: number): Promise<AttemptKey[]> {
  const rows = await (storeKindOf(db) === 'postgres' ? renewOnPostgres : renewOnSqlite)(db, worker, nowMs + LEASE_MS);
  return rows.map((row) => ({ entityId: row.entity_id, id: row.id, number: row.number }));
}

type HeldRow = Pick<ExecutionRow, 'entity_id' | 'id' | 'number'>;

const renewOnSqlite = (db: Db, worker: string, dueAt: number): Promise<HeldRow[]> =>
  db
    .updateTable('executions')
    .set({ due_at: dueAt })
    .where('worker', '=', worker)
    .where(IS_RUNNING)
    .returning(['entity_id', 'id', 'number'])
    .execute();

/** By entity, as Citus skips locked rows of one shard only. Waiting for them would be a circle: who settles locks many, in his order. */
async function renewOnPostgres(db: Db, worker: string, dueAt: number): Promise<HeldRow[]> {
  const entities = await db
    .selectFrom('executions')
    .select('entity_id')
    .distinct()
    .where('worker', '=', worker)
    .where(IS_RUNNING)
    .execute();
  const held: HeldRow[] = [];
  for (const { entity_id: entityId } of entities) {
    const { rows } = await sql<HeldRow>`
      with held as (
        select id from executions where entity_id = ${entityId} and worker = ${worker} and ${IS_RUNNING} for update skip locked)
      update executions set due_at = ${dueAt}::int8 where entity_id = ${entityId} and id in (select id from held)
      returning entity_id, id, number`.execute(db);
    held.push(...rows);
  }
  return held;
}

/** Ends the lease of an attempt that was never made. */
export async function giveBackExecution(db: Db, { entityId, id, number }: AttemptKey, worker: string, nowMs: number): Promise<void> {
  await db
    .updateTable('executions')
    .set({ due_at: nowMs })
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .where('number', '=', number)
    .where('worker', '=', worker)
    .where(IS_RUNNING)
    .execute();
}

/** Targets (or one alone) with rows waiting or in flight, and when the first of each is due. */
export async function listDueTargets(db: Db, targetId?: number): Promise<(DueTarget & { dueAt: number })[]> {
  const rows = await db
    .selectFrom('executions')
    .select(({ fn }) => ['entity_id', 'target_id', fn.min('target_entity_id').as('target_entity_id'), fn.min('due_at').as('due_at')])
    .where('due_at', 'is not', null)
    .where('target_id', 'is not', null)
    .$if(targetId !== undefined, (query) => query.where('target_id', '=', targetId!))
    .groupBy(['entity_id', 'target_id'])
    .execute();
  return rows.map((row) => ({
    entityId: row.entity_id,
    targetId: row.target_id!,
    targetEntityId: row.target_entity_id!,
    dueAt: row.due_at!,
  }));
}

const nextDue = prepared((db, given: { entityId: number; targetId: number; afterMs: number }) =>
  db
    .selectFrom('executions')
    .select('due_at')
    .where('entity_id', '=', given.entityId)
    .where('target_id', '=', given.targetId)
    .where('due_at', '>', given.afterMs)
    .orderBy('due_at')
    .limit(1),
);

/** When the next row after now is due, a lease's end included; null when none waits. */
export async function findNextDue(db: Db, { entityId, targetId }: DueTarget, afterMs: number): Promise<number | null> {
  const [row] = (await nextDue(db, { entityId, targetId, afterMs })).rows;
  return row?.due_at ?? null;
}

/** Fails what waits for a target that will not come back; answers the ids. What is in flight settles by itself. */
export async function failWaiting(
  db: Db,
  { entityId, targetId }: DueTarget,
  reason: string,
  nowMs: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update executions set status = 'failed', reason = ${reason}, cause = 'gone', due_at = null, worker = null, finished_at = ${nowMs}
    where entity_id = ${entityId} and id in (
      select id from executions where entity_id = ${entityId} and target_id = ${targetId} and due_at is not null
        and (status = 'pending' or due_at <= ${nowMs})
      order by due_at, id limit ${limit})
    returning id`.execute(db);
  return rows.map((row) => row.id);
}

/** One more firing that an already written skipped execution stands for. */
export async function countSkipped(db: Db, entityId: number, id: string): Promise<void> {
  await db
    .updateTable('executions')
    .set((eb) => ({ counted: eb('counted', '+', 1) }))
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .execute();
}

function toRow(execution: NewExecution) {
  const { event, action } = execution;
  const target = action.kind === 'nothing' ? null : action.target;
  return {
    entity_id: execution.entityId,
    id: execution.id,
    automation_id: execution.automationId,
    automation_name: execution.automationName,
    on_type: execution.on,
    action_kind: action.kind,
    event_entity_id: event.place.entityId,
    event_id: event.id,
    project_id: event.place.projectId,
    collection_id: event.place.collectionId ?? null,
    run: 'run' in event ? event.run.id : null,
    version_id: 'artifact' in event ? event.artifact.id : null,
    target_entity_id: target?.entityId ?? null,
    target_id: target?.targetId ?? null,
    status: execution.status,
    reason: execution.reason,
    due_at: execution.dueAt,
    number: execution.number,
    try: execution.try,
    second_chance_used: execution.secondChanceUsed ? (1 as const) : (0 as const),
    cause: null,
    replay_id: null,
    worker: null,
    manual: execution.manual ? (1 as const) : (0 as const),
    edited_from_id: execution.editedFromId,
    counted: execution.counted ?? 0,
    created_at: execution.createdAt,
    finished_at: execution.finishedAt,
  };
}

const toFacts = (execution: NewExecution) => ({
  entity_id: execution.entityId,
  id: execution.id,
  event: JSON.stringify(execution.event),
  decision: JSON.stringify(execution.decision),
  action: JSON.stringify(execution.action),
  retry: JSON.stringify(execution.retry),
});

/** The domain's execution out of its two rows. */
export function toExecution(row: ExecutionRow & FactsRow): Execution {
  return {
    entityId: row.entity_id,
    id: row.id,
    automationId: row.automation_id,
    automationName: row.automation_name,
    eventId: row.event_id,
    event: JSON.parse(row.event) as TrackedEvent,
    decision: JSON.parse(row.decision) as Decision,
    action: JSON.parse(row.action) as Action,
    retry: JSON.parse(row.retry) as RetrySchedule,
    status: row.status,
    reason: row.reason,
    dueAt: row.due_at,
    number: row.number,
    try: row.try,
    secondChanceUsed: row.second_chance_used === 1,
    manual: row.manual === 1,
    editedFromId: row.edited_from_id,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
