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
