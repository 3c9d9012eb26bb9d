import type { MigrationStep } from '../migration-step.ts';
import { NUMBER_SERIES } from '../numbers.ts';

/** Who there is: users, organizations, their entities, memberships, API keys, links for invites and password resets. */
export const identity: MigrationStep = {
  name: '0001-identity',
  async up({ run, referenceTable, numbers }) {
    await run('create table numbers (series text primary key, value int8 not null)');
    for (const series of NUMBER_SERIES) await numbers(series);
    await run('create table instance (key text primary key, value text not null)');

    await referenceTable(`create table organizations (
      id int8 primary key, display_name text not null, created_at int8 not null)`);
    await referenceTable(`create table entities (
      id int8 primary key, kind text not null, name text not null, name_folded text not null unique,
      organization_id int8 references organizations (id), created_at int8 not null)`);
    await run('create index entities_organization on entities (organization_id)');
    await referenceTable(`create table users (
      id int8 primary key, entity_id int8 not null references entities (id), username text not null, email text,
      email_folded text unique, display_name text not null, instance_admin int8 not null, service_entity_id int8 references entities (id),
      created_at int8 not null, disabled_at int8, deleted_at int8)`);
    await run('create unique index users_entity on users (entity_id)');
    await referenceTable(`create table memberships (
      entity_id int8 not null references entities (id), user_id int8 not null references users (id), role text not null,
      created_at int8 not null, primary key (entity_id, user_id))`);
    await run('create index memberships_user on memberships (user_id)');
    await referenceTable(`create table api_keys (
      id int8 primary key, hash text not null unique, prefix text not null, user_id int8 not null references users (id),
      name text not null, created_by_id int8 not null, created_at int8 not null, last_used_at int8, expires_at int8)`);
    await run('create index api_keys_user on api_keys (user_id)');
    await referenceTable(`create table invites (
      id int8 primary key, token_hash text not null unique, entity_id int8 not null references entities (id), role text not null,
      note text not null, created_by_id int8 not null, created_at int8 not null, expires_at int8 not null,
      accepted_at int8, accepted_by_id int8, revoked_at int8)`);
    await run('create index invites_entity on invites (entity_id)');
    await referenceTable(`create table password_resets (
      token_hash text primary key, user_id int8 not null references users (id), created_at int8 not null,
      expires_at int8 not null, used_at int8)`);
  },
};
