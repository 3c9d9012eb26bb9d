import type { MigrationStep } from '../migration-step.ts';

/** What reacts: automations, their executions (which are the queue) with attempts, and what limits both. */
export const automations: MigrationStep = {
  name: '0003-automations',
  async up({ run, tenantTable }) {
    await tenantTable(`create table automations (
      entity_id int8 not null, id int8 not null, name text not null, description text not null, enabled int8 not null,
      scope_kind text not null, scope_key text not null, project_id int8, collection_id int8, on_type text not null, metric_name text,
      filter text not null, action_kind text not null, action text not null, target_entity_id int8, target_id int8,
      cooldown_seconds int8 not null, max_firings_per_minute int8 not null, retry text not null, version int8 not null,
      armed_at int8 not null, created_by_id int8, created_at int8 not null, updated_at int8 not null,
      primary key (entity_id, id), unique (entity_id, scope_key, name))`);
    await run('create index automations_candidates on automations (entity_id, scope_key, on_type, metric_name) where enabled = 1');
    await run('create index automations_project on automations (entity_id, project_id, id)');
    await run('create index automations_target on automations (target_id, id) where target_id is not null');
    await run('create index automations_id on automations (id)');
    // What every firing writes lies apart from what only people write.
    await tenantTable(`create table automation_counters (
      entity_id int8 not null, automation_id int8 not null, last_fired_at int8, minute int8 not null, fired int8 not null,
      skipped int8 not null, last_skipped_id text, primary key (entity_id, automation_id))`);
    await tenantTable(`create table schedules (
      entity_id int8 not null, automation_id int8 not null, next_at int8 not null, previous_at int8 not null,
      primary key (entity_id, automation_id))`);
    await run('create index schedules_next on schedules (next_at)');
    await tenantTable(`create table firing_slots (
      entity_id int8 not null, automation_id int8 not null, slot text not null, fired_at int8 not null, execution_id text not null,
      held_back int8 not null, held_back_at int8, primary key (entity_id, automation_id, slot))`);
    await tenantTable(`create table near_misses (
      entity_id int8 not null, automation_id int8 not null, place int8 not null, at int8 not null, event_entity_id int8 not null,
      event_id text, event_type text not null, subject text not null, decision text not null,
      primary key (entity_id, automation_id, place))`);

    await tenantTable(`create table executions (
      entity_id int8 not null, id text not null, automation_id int8 not null, automation_name text not null, on_type text not null,
      action_kind text not null, event_entity_id int8 not null, event_id text not null, project_id int8 not null, collection_id int8,
      run int8, version_id int8, target_entity_id int8, target_id int8, status text not null, reason text, due_at int8,
      number int8 not null, try int8 not null, second_chance_used int8 not null, worker text, manual int8 not null, edited_from_id text,
      counted int8 not null, created_at int8 not null, finished_at int8, primary key (entity_id, id))`);
    // One column says when a row is next due, so that rows in flight leave the front of the index.
    await run('create index executions_due on executions (entity_id, target_id, due_at, id) where due_at is not null');
    await run("create index executions_held on executions (worker) where status = 'running'");
    await run('create index executions_automation on executions (entity_id, automation_id, created_at, id)');
    await run('create index executions_newest on executions (entity_id, created_at, id)');
    await run('create index executions_status on executions (entity_id, status, created_at, id)');
    await run('create index executions_project on executions (entity_id, project_id, created_at, id)');
    await run('create index executions_run on executions (entity_id, run, created_at, id) where run is not null');
    await run('create index executions_event on executions (entity_id, event_id)');
    // Written once and long; the row above is rewritten at every claim and settling.
    await tenantTable(`create table execution_facts (
      entity_id int8 not null, id text not null, event text not null, decision text not null, action text not null, retry text not null,
      primary key (entity_id, id))`);
    await tenantTable(`create table attempts (
      entity_id int8 not null, execution_id text not null, number int8 not null, try int8 not null, target_id int8, started_at int8 not null,
      duration_ms double precision, outcome text, status int8, address text, timings text, error_code text, error text,
      primary key (entity_id, execution_id, number))`);
    await run('create index attempts_target on attempts (entity_id, target_id, started_at) where target_id is not null');
    await tenantTable(`create table attempt_bodies (
      entity_id int8 not null, execution_id text not null, number int8 not null, started_at int8 not null, request text, response text,
      primary key (entity_id, execution_id, number))`);

    await tenantTable(`create table target_slots (
      entity_id int8 not null, target_id int8 not null, slot int8 not null, holder text not null, held_until int8 not null,
      primary key (entity_id, target_id, slot))`);
  },
};
