import type { Db } from './connect.ts';
import type { RunKey } from './metric-chunks.ts';

const BY_RUN = [
  'metric_chunks',
  'run_metrics',
  'console_lines',
  'run_alerts',
  'run_alert_deliveries',
  'version_uses',
  'version_outputs',
  'run_files',
] as const;

/** Deletes a run with everything that is its own; answers where its files' contents lie. Its artifacts and events stay. */
export async function deleteRunRows(db: Db, { entityId, run }: RunKey): Promise<string[]> {
  const files = await db.selectFrom('run_files').select('storage_key').where('entity_id', '=', entityId).where('run', '=', run).execute();
  for (const table of BY_RUN) await db.deleteFrom(table).where('entity_id', '=', entityId).where('run', '=', run).execute();
  for (const table of ['run_progress', 'runs'] as const) {
    await db.deleteFrom(table).where('entity_id', '=', entityId).where('id', '=', run).execute();
  }
  return files.map((file) => file.storage_key);
}
