import type { MigrationStep } from '../migration-step.ts';

/** Why an execution failed for good, and jobs that replay many of those. */
export const deadLetters: MigrationStep = {
  name: '0010-dead-letters',
  async up({ run, tenantTable }) {
    await run('alter table executions add column cause text');
    await run('alter table executions add column replay_id text');
    await run(`update executions set cause = case
        when a.error_code = 'http_status' then case when a.status < 500 then 'client_error' else 'server_error' end
        when a.error_code in ('refused', 'unreachable', 'reset') then 'connection'
        when a.error_code in ('name_not_found', 'dns_failed') then 'dns'
        when a.error_code in ('invalid_url', 'address_not_allowed') then 'not_allowed'
        when a.error_code in ('invalid_header', 'body_not_json') then 'payload'
        when a.error_code in ('integration_gone', 'secret_gone') then 'gone'
        when a.error_code = 'bad_response' then 'bad_answer'
        when a.error_code in ('redirect', 'slack', 'timed_out', 'tls') then a.error_code
        else 'internal' end
      from attempts a where a.entity_id = executions.entity_id and a.execution_id = executions.id and a.number = executions.number
        and executions.status = 'failed'`);
    await run("update executions set cause = 'gone' where status = 'failed' and cause is null");
    // They hold what the inbox filters by, so that neither a page nor a count reads a row; only what failed is in them.
    await run(`create index executions_failed on executions (entity_id, finished_at, id, target_id, automation_id, cause, project_id)
      where status = 'failed'`);
    await run(`create index executions_failed_target on executions (entity_id, target_id, finished_at, id, automation_id, cause, project_id)
      where status = 'failed'`);
    await run('create index executions_replay on executions (entity_id, replay_id, status) where replay_id is not null');
    // One row for each target that a replay sends to: a slow one holds up only its own.
    await tenantTable(`create table replays (
      entity_id int8 not null, id text not null, target_id int8 not null, target_entity_id int8 not null,
      created_by_id int8 not null, created_at int8 not null, since int8 not null, until int8 not null, filter text not null,
      total int8 not null, replayed int8 not null, position_at int8 not null, position_id text not null,
      status text not null, reason text, worker text, leased_until int8 not null, finished_at int8,
      primary key (entity_id, id, target_id))`);
    await run("create index replays_running on replays (created_at) where status = 'running'");
    await run('create index replays_newest on replays (entity_id, created_at, id)');
  },
};
