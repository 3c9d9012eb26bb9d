import type { MigrationStep } from '../migration-step.ts';

/** What went to a target in the last minute, for its limit per minute: one row, locked while a claim counts. */
export const targetRates: MigrationStep = {
  name: '0005-target-rates',
  async up({ tenantTable }) {
    await tenantTable(`create table target_rates (
      entity_id int8 not null, target_id int8 not null, sent text not null, primary key (entity_id, target_id))`);
  },
};
