import type { MigrationStep } from '../migration-step.ts';

/** What happened to a version is asked for on its page. */
export const eventsOfVersion: MigrationStep = {
  name: '0012-events-of-version',
  async up({ run }) {
    await run('create index events_version on events (entity_id, version_id, id) where version_id is not null');
  },
};
