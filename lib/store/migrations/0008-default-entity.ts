import type { MigrationStep } from '../migration-step.ts';

/** Where a user's runs go that name no entity; their personal space where it is null, or when they are no longer in it. */
export const defaultEntity: MigrationStep = {
  name: '0008-default-entity',
  async up({ run }) {
    await run('alter table users add column default_entity_id int8');
  },
};
