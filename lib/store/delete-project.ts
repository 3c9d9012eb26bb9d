import { sql } from 'kysely';
import { type Db, inTransaction } from './connect.ts';

const OF_RUNS = [
  'metric_chunks',
  'run_metrics',
  'console_lines',
  'run_files',
  'run_alerts',
  'run_alert_deliveries',
  'version_uses',
  'version_outputs',
] as const;
const OF_VERSIONS = ['version_tags', 'manifests', 'manifest_entries'] as const;
const OF_COLLECTIONS = ['aliases', 'collection_versions', 'collection_tags'] as const;
const OF_AUTOMATIONS = ['automation_counters', 'schedules', 'firing_slots', 'near_misses'] as const;

/** Takes a project's runs, artifacts, events and automations along. Executions stay: the history is readable with the names as they were. */
export async function deleteProject(db: Db, entityId: number, projectId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const within = sql`entity_id = ${entityId} and project_id = ${projectId}`;
    const own = (table: string) => sql`(select id from ${sql.table(table)} where ${within})`;
    for (const table of OF_RUNS)
      await sql`delete from ${sql.table(table)} where entity_id = ${entityId} and run in ${own('runs')}`.execute(tx);
    await sql`delete from run_progress where entity_id = ${entityId} and id in ${own('runs')}`.execute(tx);
    for (const table of OF_VERSIONS)
      await sql`delete from ${sql.table(table)} where entity_id = ${entityId} and version_id in ${own('versions')}`.execute(tx);
    // Links of its versions in registries lie under other entities.
    const { rows } = await sql<{ id: number }>`select id from versions where ${within}`.execute(tx);
    for (let from = 0; from < rows.length; from += 500) {
      const ids = rows.slice(from, from + 500).map(({ id }) => id);
      await tx.deleteFrom('collection_versions').where('version_id', 'in', ids).execute();
    }
    for (const table of OF_COLLECTIONS) {
      await sql`delete from ${sql.table(table)} where entity_id = ${entityId} and collection_id in ${own('collections')}`.execute(tx);
    }
    for (const table of OF_AUTOMATIONS) {
      await sql`delete from ${sql.table(table)} where entity_id = ${entityId} and automation_id in ${own('automations')}`.execute(tx);
    }
    for (const table of ['runs', 'versions', 'collections', 'automations', 'events', 'event_keys', 'project_metrics', 'registry_members']) {
      await sql`delete from ${sql.table(table)} where ${within}`.execute(tx);
    }
    await sql`delete from projects where entity_id = ${entityId} and id = ${projectId}`.execute(tx);
  });
}
