import type { MigrationStep } from '../migration-step.ts';

/** A version that several runs write, and runs that log content which a version has already. */
export const versionWriters: MigrationStep = {
  name: '0011-version-writers',
  async up({ run, tenantTable }) {
    await run('alter table versions add column distributed_id text');
    await tenantTable(`create table version_outputs (
      entity_id int8 not null, run int8 not null, version_id int8 not null, created_at int8 not null,
      primary key (entity_id, run, version_id))`);
  },
};
