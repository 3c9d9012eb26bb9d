import type { MigrationStep } from '../migration-step.ts';

/** The Ed25519 key of a webhook that signs as v1a: the private part sealed, and the one that it replaces while both are live. */
export const keyPairs: MigrationStep = {
  name: '0014-key-pairs',
  async up({ run }) {
    for (const column of ['signing_key text', 'public_key text', 'key_made_at int8', 'old_signing_key text', 'old_public_key text']) {
      await run(`alter table targets add column ${column}`);
    }
    await run('alter table targets add column old_key_ends_at int8');
  },
};
