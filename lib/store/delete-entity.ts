import type { Db } from './connect.ts';
import type { Database } from './schema.ts';

/** Everything that lies under one entity; the audit log alone is kept when its entity goes. */
export const TENANT_TABLES = [
  'attempt_bodies',
  'attempts',
  'execution_facts',
  'executions',
  'replays',
  'delivery_counts',
  'target_slots',
  'target_rates',
  'near_misses',
  'firing_slots',
  'schedules',
  'automation_counters',
  'automations',
  'event_keys',
  'events',
  'version_uses',
  'version_outputs',
  'stored_files',
  'manifest_entries',
  'manifests',
  'aliases',
  'collection_versions',
  'version_tags',
  'versions',
  'collection_tags',
  'collections',
  'run_alert_deliveries',
  'run_alerts',
  'run_files',
  'console_lines',
  'project_metrics',
  'run_metrics',
  'metric_chunks',
  'run_progress',
  'runs',
  'registry_members',
  'projects',
  'notices',
  'secret_hosts',
  'secrets',
  'data_keys',
  'targets',
  'memberships',
  'invites',
] as const satisfies readonly (keyof Database)[];

/** A team, personal space or organization takes its projects, integrations, automations and members along. */
export async function deleteEntityRows(db: Db, entityId: number): Promise<void> {
  for (const table of TENANT_TABLES) await db.deleteFrom(table).where('entity_id', '=', entityId).execute();
  await db.deleteFrom('registry_members').where('member_entity_id', '=', entityId).execute();
}
