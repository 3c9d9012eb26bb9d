import type { Db } from './connect.ts';
import { insertMissingRows } from './insert-rows.ts';
import type { RunKey } from './metric-chunks.ts';

/** Notes metrics that the run, and with it the project, has not had before. */
export async function insertRunMetrics(
  db: Db,
  { entityId, run }: RunKey,
  projectId: number,
  metrics: readonly string[],
  nowMs: number,
): Promise<void> {
  await insertMissingRows(
    db,
    'run_metrics',
    metrics.map((metric) => ({ entity_id: entityId, run, metric, first_at: nowMs })),
  );
  await insertMissingRows(
    db,
    'project_metrics',
    metrics.map((metric) => ({ entity_id: entityId, project_id: projectId, metric, last_at: nowMs })),
  );
}

export async function listRunMetrics(db: Db, { entityId, run }: RunKey): Promise<string[]> {
  const rows = await db
    .selectFrom('run_metrics')
    .select('metric')
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .orderBy('metric')
    .execute();
  return rows.map((row) => row.metric);
}

export type RunOfPeriod = { id: number; projectId: number; createdAt: number; lines: number };

/**
 * Runs of projects that reported since a time or still run, oldest first, with how many lines they have; of those alone that
 * have one of the metrics, where any are given.
 */
export async function listRunsSince(
  db: Db,
  { entityId, projectIds }: { entityId: number; projectIds: readonly number[] },
  since: number,
  metrics?: readonly string[],
): Promise<RunOfPeriod[]> {
  let query = db
    .selectFrom('runs')
    .innerJoin('run_progress', (join) =>
      join.onRef('run_progress.entity_id', '=', 'runs.entity_id').onRef('run_progress.id', '=', 'runs.id'),
    )
    .select(['runs.id', 'runs.project_id', 'runs.created_at', 'run_progress.history_lines', 'run_progress.system_lines'])
    .where('runs.entity_id', '=', entityId)
    .where('runs.project_id', 'in', [...projectIds])
    .where((eb) => eb.or([eb('run_progress.heartbeat_at', '>=', since), eb('runs.state', '=', 'running')]));
  if (metrics) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('run_metrics')
          .select('run_metrics.run')
          .whereRef('run_metrics.entity_id', '=', 'runs.entity_id')
          .whereRef('run_metrics.run', '=', 'runs.id')
          .where('run_metrics.metric', 'in', [...metrics]),
      ),
    );
  }
  const rows = await query.orderBy('runs.created_at').orderBy('runs.id').execute();
  return rows.map((row) => ({
    id: row.id,
    projectId: row.project_id,
    createdAt: row.created_at,
    lines: Math.max(row.history_lines, row.system_lines),
  }));
}
