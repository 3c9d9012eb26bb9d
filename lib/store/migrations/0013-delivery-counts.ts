import type { MigrationStep } from '../migration-step.ts';

/**
 * What became of an integration's attempts, counted as they end: its health is read from a few rows however many there were.
 * `kind`: delivered, a cause of failure, or `ms:` and a step of the histogram of answers' times.
 */
export const deliveryCounts: MigrationStep = {
  name: '0013-delivery-counts',
  async up({ run, tenantTable }) {
    await tenantTable(`create table delivery_counts (
      entity_id int8 not null, target_id int8 not null, width int8 not null, starts_at int8 not null, kind text not null,
      count int8 not null, primary key (entity_id, target_id, width, starts_at, kind))`);
    await run('create index delivery_counts_age on delivery_counts (entity_id, width, starts_at)');
  },
};
