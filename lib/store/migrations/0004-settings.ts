import type { MigrationStep } from '../migration-step.ts';

/** What a team keeps in its settings: integrations, secrets, notices, the audit log; and how people sign in. */
export const settings: MigrationStep = {
  name: '0004-settings',
  async up({ run, tenantTable }) {
    await tenantTable(`create table targets (
      entity_id int8 not null, id int8 not null, kind text not null, name text not null, url text, url_shown text,
      access_token_secret text, signing_secret text, signature_encoding text not null, payload_secrets text not null,
      channel text, bot_token_secret text, receives_run_alerts int8 not null, template text,
      enabled int8 not null, disabled_reason text, max_concurrent int8 not null, max_per_minute int8, notices_to int8,
      paused_until int8, probe_delay_ms int8, first_failure_at int8,
      created_by_id int8 not null, created_at int8 not null, updated_at int8 not null, deleted_at int8,
      primary key (entity_id, id))`);
    await run('create unique index targets_name on targets (entity_id, kind, name) where deleted_at is null');

    await tenantTable(`create table data_keys (
      entity_id int8 not null, wrapped text not null, wrapped_by text not null, created_at int8 not null, primary key (entity_id))`);
    await tenantTable(`create table secrets (
      entity_id int8 not null, id int8 not null, name text not null, source text not null, value text not null,
      old_value text, overlap_ends_at int8, created_by_id int8 not null, created_at int8 not null, replaced_at int8,
      last_used_at int8, primary key (entity_id, id), unique (entity_id, name))`);
    await tenantTable(`create table secret_hosts (
      entity_id int8 not null, secret_name text not null, host text not null, approved_by_id int8 not null,
      approved_at int8 not null, primary key (entity_id, secret_name, host))`);

    await tenantTable(`create table audit (
      entity_id int8 not null, id text not null, at int8 not null, actor_kind text not null, actor_id int8, actor_name text not null,
      what text not null, target text not null, before text, after text, address text, request_id text,
      primary key (entity_id, id))`);
    await run('create index audit_at on audit (entity_id, at)');
    await tenantTable(`create table notices (
      entity_id int8 not null, id text not null, topic text not null, severity text not null, message text not null, href text,
      at int8 not null, resolved_at int8, primary key (entity_id, id))`);
    await run('create index notices_at on notices (entity_id, at)');

    // better-auth's own, never joined to ours: its moments are ISO text, its user ids our users.id as text.
    await run(`create table auth_users (
      id text primary key, name text not null, email text not null unique, email_verified int8 not null, image text,
      created_at text not null, updated_at text not null)`);
    await run(`create table auth_sessions (
      id text primary key, user_id text not null, token text not null unique, expires_at text not null, ip_address text,
      user_agent text, created_at text not null, updated_at text not null)`);
    await run('create index auth_sessions_user on auth_sessions (user_id)');
    await run(`create table auth_accounts (
      id text primary key, user_id text not null, account_id text not null, provider_id text not null, access_token text,
      refresh_token text, id_token text, access_token_expires_at text, refresh_token_expires_at text, scope text, password text,
      created_at text not null, updated_at text not null)`);
    await run('create index auth_accounts_user on auth_accounts (user_id)');
    await run(`create table auth_verifications (
      id text primary key, identifier text not null, value text not null, expires_at text not null,
      created_at text not null, updated_at text not null)`);
    await run(`create table rate_counts (
      subject text primary key, window_ends_at int8 not null, used int8 not null)`);
  },
};
