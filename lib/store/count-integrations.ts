import { sql } from 'kysely';
import type { Db } from './connect.ts';

export const INTEGRATION_STATES = ['well', 'failing', 'paused', 'disabled'] as const;
export type IntegrationState = (typeof INTEGRATION_STATES)[number];

/** How many integrations there are in each state, over all teams. */
export async function countIntegrations(db: Db): Promise<Record<IntegrationState, number>> {
  const { rows } = await sql<{ state: IntegrationState; n: number }>`
    select case when enabled = 0 then 'disabled' when paused_until is not null then 'paused'
      when first_failure_at is not null then 'failing' else 'well' end as state, count(*) as n
    from targets where deleted_at is null group by 1`.execute(db);
  const counts = { well: 0, failing: 0, paused: 0, disabled: 0 };
  for (const { state, n } of rows) counts[state] = Number(n);
  return counts;
}
