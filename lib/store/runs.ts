import { type Selectable, sql } from 'kysely';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Run, RunProgress } from '#lib/domain/run.ts';
import type { RunState } from '#lib/domain/tracked-event.ts';
import { type Db, storeKindOf } from './connect.ts';
import { insertRows } from './insert-rows.ts';
import { containsText } from './like.ts';
import { prepared } from './prepared.ts';
import { isOneOf } from './record-set.ts';
import type { Database } from './schema.ts';

type RunRow = Selectable<Database['runs']>;
type ProgressRow = Selectable<Database['run_progress']>;
type Json = Record<string, JsonValue>;

/** A run and what its batches changed, as one read. */
export type RunWithProgress = { run: Run; progress: RunProgress };

/** A run that has no metrics yet; `insertRuns` writes it. */
export function newRun(run: Run): RunWithProgress {
  return { run, progress: { ...NO_PROGRESS, heartbeatAt: run.createdAt } };
}

export async function insertRuns(db: Db, made: readonly RunWithProgress[]): Promise<void> {
  const runs = made.map(({ run }) => ({
    entity_id: run.entityId,
    id: run.id,
    project_id: run.projectId,
    run_id: run.runId,
    source: run.source,
    ...toColumns(run),
    created_at: run.createdAt,
  }));
  await insertRows(db, 'runs', runs);
  const progress = made.map((each) => ({ entity_id: each.run.entityId, id: each.run.id, ...toProgressColumns(each.progress) }));
  await insertRows(db, 'run_progress', progress);
}

const NO_PROGRESS: RunProgress = {
  version: 0,
  historyLines: 0,
  systemLines: 0,
  consoleLines: 0,
  lastStep: null,
  lastValueAt: null,
  heartbeatAt: 0,
  checkAt: null,
  summary: {},
  historyTail: null,
  systemTail: null,
};

/** Holds the run against other writers until the transaction ends, where they could be; false when there is no such run. */
export async function lockRun(tx: Db, { entityId, run }: { entityId: number; run: number }): Promise<boolean> {
  let query = tx.selectFrom('run_progress').select('id').where('entity_id', '=', entityId).where('id', '=', run);
  if (storeKindOf(tx) === 'postgres') query = query.forUpdate();
  return (await query.executeTakeFirst()) !== undefined;
}

type RunColumns = ReturnType<typeof toColumns>;
type ProgressColumns = ReturnType<typeof toProgressColumns>;

const updateRunRow = prepared((db, { entityId, id, ...columns }: { entityId: number; id: number } & RunColumns) =>
  db.updateTable('runs').set(columns).where('entity_id', '=', entityId).where('id', '=', id),
);
const updateProgressRow = prepared(
  (db, { entityId, id, readVersion, ...columns }: { entityId: number; id: number; readVersion: number } & ProgressColumns) =>
    db.updateTable('run_progress').set(columns).where('entity_id', '=', entityId).where('id', '=', id).where('version', '=', readVersion),
);

export async function updateRun(db: Db, run: Run): Promise<void> {
  await updateRunRow(db, { entityId: run.entityId, id: run.id, ...toColumns(run) });
}

/** Writes progress if nobody else did since it was read (at `readVersion`); false when somebody did. */
export async function updateRunProgress(
  db: Db,
  run: Pick<Run, 'entityId' | 'id'>,
  readVersion: number,
  progress: RunProgress,
): Promise<boolean> {
  const columns = toProgressColumns(progress);
  const { numAffectedRows = 0n } = await updateProgressRow(db, { entityId: run.entityId, id: run.id, readVersion, ...columns });
  return numAffectedRows > 0n;
}

const selectRuns = (db: Db) =>
  db
    .selectFrom('runs')
    .innerJoin('run_progress', (join) =>
      join.onRef('run_progress.entity_id', '=', 'runs.entity_id').onRef('run_progress.id', '=', 'runs.id'),
    )
    .selectAll('run_progress')
    .selectAll('runs');

const runsByName = prepared((db, given: { entityId: number; projectId: number; runIds: string }) =>
  selectRuns(db)
    .where('runs.entity_id', '=', given.entityId)
    .where('runs.project_id', '=', given.projectId)
    .where(({ ref }) => isOneOf(db, ref('runs.run_id'), given.runIds)),
);
const lockedRunsByName = prepared((db, given: { entityId: number; projectId: number; runIds: string }) =>
  selectRuns(db)
    .where('runs.entity_id', '=', given.entityId)
    .where('runs.project_id', '=', given.projectId)
    .where(({ ref }) => isOneOf(db, ref('runs.run_id'), given.runIds))
    .orderBy('runs.id')
    .forUpdate(),
);

/**
 * Those that there are. For update on PostgreSQL: two batches for one run follow each other, and who needs several takes
 * them in one order. SQLite has one writer anyway.
 */
export async function findRunsForUpdate(
  db: Db,
  entityId: number,
  projectId: number,
  runIds: readonly string[],
): Promise<RunWithProgress[]> {
  const find = storeKindOf(db) === 'postgres' ? lockedRunsByName : runsByName;
  const { rows } = await find(db, { entityId, projectId, runIds: JSON.stringify(runIds) });
  return rows.map(toRunWithProgress);
}

export async function findRun(db: Db, entityId: number, projectId: number, runId: string): Promise<RunWithProgress | null> {
  const [row] = (await runsByName(db, { entityId, projectId, runIds: JSON.stringify([runId]) })).rows;
  return row ? toRunWithProgress(row) : null;
}

export async function findRunByNumber(db: Db, entityId: number, id: number): Promise<RunWithProgress | null> {
  const row = await selectRuns(db).where('runs.entity_id', '=', entityId).where('runs.id', '=', id).executeTakeFirst();
  return row ? toRunWithProgress(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findRunByNumberAlone(db: Db, id: number): Promise<RunWithProgress | null> {
  const row = await selectRuns(db).where('runs.id', '=', id).executeTakeFirst();
  return row ? toRunWithProgress(row) : null;
}

export async function countRuns(db: Db, entityId: number, projectId: number): Promise<number> {
  const { count } = await db
    .selectFrom('runs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entity_id', '=', entityId)
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export type RunListFilter = { state?: RunState; user?: string; group?: string; jobType?: string; tag?: string; search?: string };

/** Newest first, unless `oldestFirst`; `after` is the last one of the page before. */
export async function listRuns(
  db: Db,
  entityId: number,
  projectId: number,
  filter: RunListFilter,
  page: { limit: number; after?: { createdAt: number; id: number }; oldestFirst?: boolean },
): Promise<RunWithProgress[]> {
  let query = selectRuns(db).where('runs.entity_id', '=', entityId).where('runs.project_id', '=', projectId);
  if (filter.state) query = query.where('runs.state', '=', filter.state);
  if (filter.user) query = query.where('runs.user_name', '=', filter.user);
  if (filter.group) query = query.where('runs.run_group', '=', filter.group);
  if (filter.jobType) query = query.where('runs.job_type', '=', filter.jobType);
  const { tag, search } = filter;
  if (tag) query = query.where(({ ref }) => containsText(sql`lower(${ref('runs.tags')})`, JSON.stringify(tag)));
  if (search) query = query.where(({ ref }) => containsText(sql`lower(${ref('runs.name')})`, search));
  const { after, oldestFirst } = page;
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('runs.created_at', 'runs.id'), oldestFirst ? '>' : '<', tuple(after.createdAt, after.id)),
    );
  }
  const direction = oldestFirst ? 'asc' : 'desc';
  const rows = await query.orderBy('runs.created_at', direction).orderBy('runs.id', direction).limit(page.limit).execute();
  return rows.map(toRunWithProgress);
}

const toColumns = (run: Omit<Run, 'id'>) => ({
  name: run.name,
  state: run.state,
  user_id: run.userId,
  user_name: run.user,
  run_group: run.group,
  job_type: run.jobType,
  tags: JSON.stringify(run.tags),
  config: JSON.stringify(run.config),
  notes: run.notes,
  details: JSON.stringify(run.details),
  exit_code: run.exitCode,
  stop_requested: run.stopRequested ? (1 as const) : (0 as const),
  updated_at: run.updatedAt,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});

const toProgressColumns = (progress: RunProgress) => ({
  version: progress.version,
  history_lines: progress.historyLines,
  system_lines: progress.systemLines,
  console_lines: progress.consoleLines,
  last_step: progress.lastStep,
  last_value_at: progress.lastValueAt,
  heartbeat_at: progress.heartbeatAt,
  check_at: progress.checkAt,
  summary: JSON.stringify(progress.summary),
  history_tail: progress.historyTail,
  system_tail: progress.systemTail,
});

export function toRunWithProgress(row: RunRow & ProgressRow): RunWithProgress {
  const run: Run = {
    entityId: row.entity_id,
    id: row.id,
    projectId: row.project_id,
    runId: row.run_id,
    name: row.name,
    source: row.source,
    state: row.state,
    userId: row.user_id,
    user: row.user_name,
    group: row.run_group,
    jobType: row.job_type,
    tags: JSON.parse(row.tags) as string[],
    config: JSON.parse(row.config) as Json,
    notes: row.notes,
    details: JSON.parse(row.details) as Json,
    exitCode: row.exit_code,
    stopRequested: row.stop_requested === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
  const progress: RunProgress = {
    version: row.version,
    historyLines: row.history_lines,
    systemLines: row.system_lines,
    consoleLines: row.console_lines,
    lastStep: row.last_step,
    lastValueAt: row.last_value_at,
    heartbeatAt: row.heartbeat_at,
    checkAt: row.check_at,
    summary: JSON.parse(row.summary) as Json,
    historyTail: row.history_tail,
    systemTail: row.system_tail,
  };
  return { run, progress };
}
