import type { MigrationStep } from '../migration-step.ts';

/** Bodies go before their attempts do, oldest first. */
export const bodyAge: MigrationStep = {
  name: '0006-body-age',
  async up({ run }) {
    await run('create index attempt_bodies_age on attempt_bodies (entity_id, started_at)');
  },
};
