import type { MigrationStep } from '../migration-step.ts';

/** What is tracked: projects and registries, runs with their metrics, files and console, artifacts, and the events made of them. */
export const tracking: MigrationStep = {
  name: '0002-tracking',
  async up({ run, tenantTable, referenceTable }) {
    await tenantTable(`create table projects (
      entity_id int8 not null, id int8 not null, kind text not null, name text not null, description text not null,
      visibility text not null, artifact_types text, created_by_id int8, created_at int8 not null, updated_at int8 not null,
      primary key (entity_id, id), unique (entity_id, name))`);
    await run('create index projects_id on projects (id)');
    await referenceTable(`create table registry_members (
      entity_id int8 not null, project_id int8 not null, member_entity_id int8 not null, role text not null, created_at int8 not null,
      primary key (entity_id, project_id, member_entity_id))`);

    await tenantTable(`create table runs (
      entity_id int8 not null, id int8 not null, project_id int8 not null, run_id text not null, name text not null, source text not null,
      state text not null, user_id int8, user_name text, run_group text, job_type text, tags text not null, config text not null,
      notes text not null, details text not null, exit_code int8, stop_requested int8 not null, created_at int8 not null,
      updated_at int8 not null, started_at int8 not null, finished_at int8,
      primary key (entity_id, id), unique (entity_id, project_id, run_id))`);
    await run('create index runs_newest on runs (entity_id, project_id, created_at, id)');
    await run('create index runs_id on runs (id)');
    await run("create index runs_open on runs (entity_id, project_id) where state = 'running'");
    // What every batch writes lies apart from what is written once: a row is rewritten whole.
    await tenantTable(`create table run_progress (
      entity_id int8 not null, id int8 not null, version int8 not null, history_lines int8 not null, system_lines int8 not null,
      console_lines int8 not null, last_step int8, last_value_at int8, heartbeat_at int8 not null, check_at int8,
      summary text not null, history_tail text, system_tail text, primary key (entity_id, id))`);
    await run('create index run_progress_check on run_progress (check_at) where check_at is not null');

    // metric '' holds a flushed batch with all its metrics; compaction turns many of those into one row per metric.
    await tenantTable(`create table metric_chunks (
      entity_id int8 not null, run int8 not null, stream text not null, metric text not null, first_line int8 not null,
      last_line int8 not null, received_at int8 not null, packed bytea not null,
      primary key (entity_id, run, stream, metric, first_line))`);
    await tenantTable(`create table run_metrics (
      entity_id int8 not null, run int8 not null, metric text not null, first_at int8 not null, primary key (entity_id, run, metric))`);
    await tenantTable(`create table project_metrics (
      entity_id int8 not null, project_id int8 not null, metric text not null, last_at int8 not null,
      primary key (entity_id, project_id, metric))`);
    await tenantTable(`create table console_lines (
      entity_id int8 not null, run int8 not null, number int8 not null, at int8, level text, label text, content text not null,
      primary key (entity_id, run, number))`);
    await tenantTable(`create table run_files (
      entity_id int8 not null, id int8 not null, run int8 not null, name text not null, size int8 not null, md5 text, mime_type text,
      storage_key text not null, uploaded_at int8, created_at int8 not null, primary key (entity_id, id), unique (entity_id, run, name))`);
    await tenantTable(`create table run_alerts (
      entity_id int8 not null, id text not null, run int8 not null, title text not null, content text not null, severity text not null,
      created_at int8 not null, primary key (entity_id, id))`);
    await run('create index run_alerts_run on run_alerts (entity_id, run, title, created_at)');

    await tenantTable(`create table collections (
      entity_id int8 not null, id int8 not null, project_id int8 not null, kind text not null, name text not null, type text not null,
      description text not null, next_index int8 not null, client_id text, created_by_id int8, created_at int8 not null,
      updated_at int8 not null, primary key (entity_id, id), unique (entity_id, project_id, name))`);
    await run('create index collections_id on collections (id)');
    await run('create index collections_client on collections (client_id) where client_id is not null');
    await tenantTable(`create table collection_tags (
      entity_id int8 not null, collection_id int8 not null, tag text not null, created_at int8 not null,
      primary key (entity_id, collection_id, tag))`);

    await tenantTable(`create table versions (
      entity_id int8 not null, id int8 not null, project_id int8 not null, collection_id int8 not null, state text not null,
      version_index int8, digest text not null, description text not null, metadata text not null, size int8 not null,
      file_count int8 not null, ttl_seconds int8, run int8, history_step int8, created_by_id int8, author text, client_id text,
      pending_aliases text, created_at int8 not null, committed_at int8, updated_at int8 not null, primary key (entity_id, id))`);
    await run('create index versions_id on versions (id)');
    await run('create index versions_client on versions (client_id) where client_id is not null');
    await run('create index versions_digest on versions (entity_id, collection_id, digest)');
    await run('create index versions_run on versions (entity_id, run, id) where run is not null');
    await tenantTable(`create table version_tags (
      entity_id int8 not null, version_id int8 not null, tag text not null, created_at int8 not null,
      primary key (entity_id, version_id, tag))`);
    // Where a version stands: in its own collection, and in each collection that it is linked to (maybe under another entity).
    await tenantTable(`create table collection_versions (
      entity_id int8 not null, collection_id int8 not null, version_index int8 not null, version_entity_id int8 not null,
      version_id int8 not null, is_link int8 not null, created_by_id int8, created_at int8 not null,
      primary key (entity_id, collection_id, version_index), unique (entity_id, collection_id, version_id))`);
    await run('create index collection_versions_version on collection_versions (version_id)');
    await tenantTable(`create table aliases (
      entity_id int8 not null, collection_id int8 not null, alias text not null, version_index int8 not null, created_at int8 not null,
      primary key (entity_id, collection_id, alias))`);
    await run('create index aliases_version on aliases (entity_id, collection_id, version_index)');

    await tenantTable(`create table manifests (
      entity_id int8 not null, id int8 not null, version_id int8 not null, kind text not null, name text not null, digest text not null,
      storage_key text, size int8, base_version_id int8, created_at int8 not null, primary key (entity_id, id))`);
    await run('create index manifests_version on manifests (entity_id, version_id)');
    await run('create index manifests_id on manifests (id)');
    await tenantTable(`create table manifest_entries (
      entity_id int8 not null, version_id int8 not null, path text not null, digest text not null, size int8 not null, ref text,
      birth_version_id int8, extra text, primary key (entity_id, version_id, path))`);
    await tenantTable(`create table stored_files (
      entity_id int8 not null, digest text not null, storage_key text not null, size int8 not null, mime_type text, uploaded_at int8,
      created_at int8 not null, primary key (entity_id, digest))`);
    await tenantTable(`create table version_uses (
      entity_id int8 not null, run int8 not null, version_entity_id int8 not null, version_id int8 not null, used_as text,
      created_at int8 not null, primary key (entity_id, run, version_id))`);
    await run('create index version_uses_version on version_uses (version_id)');

    await tenantTable(`create table events (
      entity_id int8 not null, id text not null, project_id int8 not null, type text not null, at int8 not null, received_at int8 not null,
      author text, reported_by text, run int8, version_id int8, collection_id int8, facts text not null, primary key (entity_id, id))`);
    await run('create index events_project on events (entity_id, project_id, type, id)');
    await run('create index events_run on events (entity_id, run, id) where run is not null');
    await run('create index events_collection on events (entity_id, collection_id, id) where collection_id is not null');
    // The sender's own id belongs to what was sent, which may become several events.
    await tenantTable(`create table event_keys (
      entity_id int8 not null, project_id int8 not null, client_event_id text not null, received_at int8 not null,
      primary key (entity_id, project_id, client_event_id))`);
    await run('create index event_keys_age on event_keys (received_at)');
  },
};
