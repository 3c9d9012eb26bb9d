import { sql } from 'kysely';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { type Place, scopeKeysOfPlace } from '#lib/domain/scope.ts';
import { toAutomation } from './automations.ts';
import { countBounded } from './bounded-count.ts';
import type { Candidate } from './candidates.ts';
import type { Db } from './connect.ts';

/**
 * The automations that a place belongs to the scope of and that wait for one of these events, disabled ones too, oldest first;
 * `afterId` is the last one of the page before.
 */
export async function listWatching(
  db: Db,
  place: Place,
  on: readonly AutomationEvent[],
  page: { limit: number; afterId?: number | undefined },
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const [entityId, own] of Map.groupBy(scopeKeysOfPlace(place), (key) => key.entityId)) {
    let query = db
      .selectFrom('automations')
      .selectAll()
      .where('entity_id', '=', entityId)
      .where(
        'scope_key',
        'in',
        own.map(({ key }) => key),
      )
      .where('on_type', 'in', [...on]);
    if (page.afterId !== undefined) query = query.where('id', '>', page.afterId);
    const rows = await query.orderBy('id').limit(page.limit).execute();
    for (const row of rows) found.push({ automation: toAutomation(row), armedAt: row.armed_at });
  }
  return found.sort((a, b) => a.automation.id - b.automation.id).slice(0, page.limit);
}

/** How many there are, counted to 1,000. */
export function countWatching(db: Db, place: Place, on: readonly AutomationEvent[]): Promise<{ count: number; more: boolean }> {
  const scopes = scopeKeysOfPlace(place).map(({ entityId, key }) => sql`(entity_id = ${entityId} and scope_key = ${key})`);
  return countBounded(db, sql`select 1 from automations where on_type in (${sql.join([...on])}) and (${sql.join(scopes, sql` or `)})`);
}
