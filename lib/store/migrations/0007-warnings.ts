import type { MigrationStep } from '../migration-step.ts';

/** How many of the warnings before it is switched off the admins of a failing integration were given, and when the last one was. */
export const warnings: MigrationStep = {
  name: '0007-warnings',
  async up({ run }) {
    await run('alter table targets add column warned int8 not null default 0');
    await run('alter table targets add column warned_at int8');
  },
};
