import type { MigrationStep } from '../migration-step.ts';

/** Which channels an alert of a run went to, and what came of it. */
export const alertDeliveries: MigrationStep = {
  name: '0009-alert-deliveries',
  async up({ tenantTable }) {
    await tenantTable(`create table run_alert_deliveries (
      entity_id int8 not null, alert_id text not null, target_id int8 not null, run int8 not null, target_name text not null,
      status text not null, error text, at int8 not null, primary key (entity_id, alert_id, target_id))`);
  },
};
