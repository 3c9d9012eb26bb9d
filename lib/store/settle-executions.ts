import { sql } from 'kysely';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { causeOfFailure } from '#lib/domain/failure-causes.ts';
import { type Db, inTransaction, storeKindOf } from './connect.ts';
import { insertRows } from './insert-rows.ts';
import { type ColumnType, recordSet } from './record-set.ts';

/** What an attempt came to, and what becomes of its execution. */
export type Settlement = {
  entityId: number;
  id: string;
  /** The attempt's number: settling an execution that has moved on does nothing. */
  number: number;
  status: 'pending' | 'finished' | 'failed';
  reason: string | null;
  /** When it is tried again; null once it is over. */
  dueAt: number | null;
  /** Tries used so far. */
  try: number;
  secondChanceUsed: boolean;
  /** When the attempt began and ended. */
  startedAt: number;
  endedAt: number;
  /** Absent when nothing could be sent: the attempt closes with the reason alone. */
  outcome?: DeliveryOutcome;
};

const GUARD = { entity_id: 'int8', id: 'text', number: 'int8' } satisfies Record<string, ColumnType>;
const EXECUTION_COLUMNS = {
  ...GUARD,
  status: 'text',
  reason: 'text',
  cause: 'text',
  due_at: 'int8',
  try: 'int8',
  second_chance_used: 'int8',
  finished_at: 'int8',
} satisfies Record<string, ColumnType>;
const ATTEMPT_COLUMNS = {
  ...GUARD,
  duration_ms: 'double precision',
  outcome: 'text',
  status: 'int8',
  address: 'text',
  timings: 'text',
  error_code: 'text',
  error: 'text',
} satisfies Record<string, ColumnType>;

/**
 * Records attempts and moves their executions on, all in one transaction. Answers, in order, whether each still held its
 * lease: where it did not, someone else owns the execution now and nothing was written.
 */
export async function settleExecutions(db: Db, settlements: readonly Settlement[]): Promise<boolean[]> {
  if (settlements.length === 0) return [];
  const keys = await inTransaction(db, async (tx) => {
    const won = new Set<string>();
    for (const [entityId, own] of Map.groupBy(settlements, (settlement) => settlement.entityId)) {
      for (const key of await settleInEntity(tx, entityId, own)) won.add(key);
    }
    return won;
  });
  return settlements.map((settlement) => keys.has(keyOf(settlement)));
}

const keyOf = ({ entityId, id, number }: { entityId: number; id: string; number: number }) => `${entityId}/${id}/${number}`;

/** By entity, as a statement over several would reach every shard. */
async function settleInEntity(db: Db, entityId: number, settlements: Settlement[]): Promise<string[]> {
  // Matching on the attempt's number, not on our worker id: a worker that lost its lease may still be alive.
  const { rows } = await sql<{ id: string; number: number }>`
    update executions set status = given.status, reason = given.reason, cause = given.cause, due_at = given.due_at, try = given.try,
      second_chance_used = given.second_chance_used, finished_at = given.finished_at, worker = null
    from ${recordSet(db, EXECUTION_COLUMNS, settlements.map(toExecutionRecord))}
    where executions.entity_id = ${sameEntity(db, entityId)} and executions.id = given.id and executions.number = given.number
      and executions.status = 'running'
    returning executions.id, executions.number`.execute(db);
  const won = new Set(rows.map((row) => keyOf({ entityId, ...row })));
  const settled = settlements.filter((settlement) => won.has(keyOf(settlement)));
  if (settled.length === 0) return [];
  await sql`
    update attempts set duration_ms = given.duration_ms, outcome = given.outcome, status = given.status, address = given.address,
      timings = given.timings, error_code = given.error_code, error = given.error
    from ${recordSet(db, ATTEMPT_COLUMNS, settled.map(toAttemptRecord))}
    where attempts.entity_id = ${sameEntity(db, entityId)} and attempts.execution_id = given.id and attempts.number = given.number`.execute(
    db,
  );
  await insertRows(db, 'attempt_bodies', settled.filter((settlement) => settlement.outcome).map(toBodies));
  return [...won];
}

/** A constant routes the statement to one shard; SQLite would take it for a reason to walk through all of the entity's rows. */
const sameEntity = (db: Db, entityId: number) => (storeKindOf(db) === 'postgres' ? sql`${entityId}` : sql`given.entity_id`);

const toExecutionRecord = (settlement: Settlement) => ({
  entity_id: settlement.entityId,
  id: settlement.id,
  number: settlement.number,
  status: settlement.status,
  reason: settlement.reason,
  cause: settlement.status === 'failed' ? causeOfFailure(settlement.outcome) : null,
  due_at: settlement.dueAt,
  try: settlement.try,
  second_chance_used: settlement.secondChanceUsed ? 1 : 0,
  finished_at: settlement.status === 'pending' ? null : settlement.endedAt,
});

const toAttemptRecord = ({ entityId, id, number, outcome, startedAt, endedAt, reason }: Settlement) => ({
  entity_id: entityId,
  id,
  number,
  duration_ms: outcome?.timings.totalMs ?? endedAt - startedAt,
  outcome: outcome?.kind ?? 'rejected',
  status: outcome?.response?.status ?? null,
  address: outcome?.address ?? null,
  timings: outcome ? JSON.stringify(outcome.timings) : null,
  error_code: outcome ? (outcome.error?.code ?? null) : 'not_sent',
  error: outcome ? (outcome.error ? JSON.stringify(outcome.error) : null) : JSON.stringify({ code: 'not_sent', message: reason }),
});

const toBodies = ({ entityId, id, number, outcome, startedAt }: Settlement) => ({
  entity_id: entityId,
  execution_id: id,
  number,
  started_at: startedAt,
  request: JSON.stringify(outcome!.request),
  response: outcome!.response ? JSON.stringify(outcome!.response) : null,
});
