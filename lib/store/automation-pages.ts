import { sql } from 'kysely';
import type { Automation } from '#lib/domain/automation.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { anyRange, type ScopeRange } from './automation-lists.ts';
import { toAutomation } from './automations.ts';
import type { Db } from './connect.ts';

/** Which automations: of these places, without those of some events. */
export type AutomationChoice = {
  ranges: readonly ScopeRange[];
  hiddenProjectIds: readonly number[];
  withoutEvents: readonly AutomationEvent[];
  name?: string | undefined;
};

function choose(db: Db, { ranges, hiddenProjectIds, withoutEvents, name }: AutomationChoice) {
  let query = db.selectFrom('automations as a').where(anyRange(ranges));
  if (withoutEvents.length) query = query.where('a.on_type', 'not in', [...withoutEvents]);
  if (name !== undefined) query = query.where('a.name', '=', name);
  if (hiddenProjectIds.length) {
    query = query.where((eb) => eb.or([eb('a.project_id', 'is', null), eb('a.project_id', 'not in', [...hiddenProjectIds])]));
  }
  return query;
}

/** Oldest first, so that the order never changes under somebody who reads page by page. */
export async function listAutomationsByAge(
  db: Db,
  choice: AutomationChoice,
  page: { limit?: number; afterId?: number | undefined } = {},
): Promise<Automation[]> {
  if (choice.ranges.length === 0) return [];
  let query = choose(db, choice).selectAll('a').orderBy('a.id');
  if (page.afterId !== undefined) query = query.where('a.id', '>', page.afterId);
  if (page.limit !== undefined) query = query.limit(page.limit);
  return (await query.execute()).map(toAutomation);
}

/** A place that has automations of its own: a project or registry, or with null the entity as a whole. */
export type AutomationGroup = { entityId: number; projectId: number | null; newestId: number };

/** The place whose newest automation is the newest of all comes first; `beforeId` is the newest of the page before's last. */
export async function listAutomationGroups(
  db: Db,
  choice: AutomationChoice & { inProjectsOnly: boolean },
  page: { limit: number; beforeId?: number | undefined },
): Promise<AutomationGroup[]> {
  if (choice.ranges.length === 0) return [];
  const newest = sql<number>`max(a.id)`;
  let query = choose(db, choice)
    .select(['a.entity_id', 'a.project_id', newest.as('newest_id')])
    .groupBy(['a.entity_id', 'a.project_id']);
  if (choice.inProjectsOnly) query = query.where('a.project_id', 'is not', null);
  if (page.beforeId !== undefined) query = query.having(newest, '<', page.beforeId);
  const rows = await query.orderBy('newest_id', 'desc').limit(page.limit).execute();
  return rows.map((row) => ({ entityId: row.entity_id, projectId: row.project_id, newestId: row.newest_id }));
}
