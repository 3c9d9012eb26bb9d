import { type SqlBool, sql } from 'kysely';
import type { Action, Automation } from '#lib/domain/automation.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import { toAutomation } from './automations.ts';
import type { Db } from './connect.ts';
import { containsText } from './like.ts';
import { listBrokenTargetIds } from './target-states.ts';

/** Scopes inside an entity: all of them, or those in one project or collection; with `wide` only those of the entity or project as a whole. */
export type ScopeRange = { entityId: number; projectId?: number; collectionId?: number; wide?: boolean };

export type AutomationListing = {
  ranges: readonly ScopeRange[];
  hiddenProjectIds?: readonly number[];
  q?: string | undefined;
  on?: AutomationEvent | undefined;
  /** Only these events. */
  among?: readonly AutomationEvent[] | undefined;
  actionKind?: Action['kind'] | undefined;
  createdById?: number | undefined;
  status?: 'enabled' | 'disabled' | 'failing' | 'problem' | undefined;
  /** Automations made before this one. */
  beforeId?: number | undefined;
  limit: number;
};

/** Newest first, over whatever entities the caller may see. */
export async function listAutomationsIn(db: Db, listing: AutomationListing): Promise<Automation[]> {
  const { ranges, hiddenProjectIds = [], q, on, among, actionKind, createdById, status, beforeId, limit } = listing;
  if (ranges.length === 0) return [];
  let query = db.selectFrom('automations as a').selectAll('a').where(anyRange(ranges));
  if (hiddenProjectIds.length) {
    query = query.where((eb) => eb.or([eb('a.project_id', 'is', null), eb('a.project_id', 'not in', [...hiddenProjectIds])]));
  }
  if (q) query = query.where(sql<SqlBool>`(${containsText(sql`lower(a.name)`, q)} or ${containsText(sql`lower(a.description)`, q)})`);
  if (on) query = query.where('a.on_type', '=', on);
  if (among) query = query.where('a.on_type', 'in', [...among]);
  if (actionKind) query = query.where('a.action_kind', '=', actionKind);
  if (createdById !== undefined) query = query.where('a.created_by_id', '=', createdById);
  if (status === 'enabled' || status === 'disabled') query = query.where('a.enabled', '=', status === 'enabled' ? 1 : 0);
  if (status === 'failing') query = query.where(lastOneFailed);
  if (status === 'problem') query = query.where(await hasProblem(db, ranges));
  if (beforeId !== undefined) query = query.where('a.id', '<', beforeId);
  return (await query.orderBy('a.id', 'desc').limit(limit).execute()).map(toAutomation);
}

/** A condition on automations `a`: that they lie in one of these ranges. */
export function anyRange(ranges: readonly ScopeRange[]) {
  const whole = ranges.filter(({ projectId, wide }) => projectId === undefined && !wide).map(({ entityId }) => entityId);
  const parts = ranges
    .filter(({ projectId, wide }) => projectId !== undefined || wide)
    .map(({ entityId, projectId, collectionId, wide }) => {
      const own = sql`a.entity_id = ${entityId}`;
      if (projectId === undefined) return sql`(${own} and a.project_id is null)`;
      if (wide) return sql`(${own} and a.project_id = ${projectId} and a.collection_id is null)`;
      if (collectionId === undefined) return sql`(${own} and a.project_id = ${projectId})`;
      return sql`(${own} and a.project_id = ${projectId} and a.collection_id = ${collectionId})`;
    });
  if (whole.length) parts.push(sql`a.entity_id in (${sql.join(whole)})`);
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`;
}

/** Its newest execution that was not skipped has failed, or is waiting after a failed try. */
const lastOneFailed = sql<SqlBool>`exists (select 1 from executions e where e.entity_id = a.entity_id and e.id = (
    select x.id from executions x where x.entity_id = a.entity_id and x.automation_id = a.id and x.status <> 'skipped'
    order by x.created_at desc, x.id desc limit 1)
  and (e.status = 'failed' or (e.status = 'pending' and e.number > 0)))`;

/** Targets may lie under another entity, so they are looked up on their own. */
async function hasProblem(db: Db, ranges: readonly ScopeRange[]) {
  const rows = await db
    .selectFrom('automations as a')
    .select('a.target_id')
    .distinct()
    .where(anyRange(ranges))
    .where('a.target_id', 'is not', null)
    .execute();
  const broken = await listBrokenTargetIds(
    db,
    rows.map((row) => row.target_id!),
  );
  const targetBroken = broken.length ? sql`a.target_id in (${sql.join(broken)})` : sql`1 = 0`;
  return sql<SqlBool>`(${targetBroken} or (a.collection_id is not null and not exists (
    select 1 from collections c where c.entity_id = a.entity_id and c.id = a.collection_id)))`;
}

export type Dot = { id: string; status: ExecutionStatus | 'retrying'; at: number };
type AutomationKey = { entityId: number; id: number };

const PART = 100;

/** The newest executions of each automation, oldest first, as dots. */
export async function listRecentDots(db: Db, automations: readonly AutomationKey[], count: number): Promise<Map<number, Dot[]>> {
  const dots = new Map<number, Dot[]>();
  for (let from = 0; from < automations.length; from += PART) {
    const parts = automations.slice(from, from + PART).map(
      ({ entityId, id }) => sql`select * from (select automation_id, id, status, number, created_at from executions
        where entity_id = ${entityId} and automation_id = ${id} order by created_at desc, id desc limit ${count}) as newest`,
    );
    const { rows } = await sql<{
      automation_id: number;
      id: string;
      status: ExecutionStatus;
      number: number;
      created_at: number;
    }>`${sql.join(parts, sql` union all `)}`.execute(db);
    for (const row of rows) {
      const status = row.status === 'pending' && row.number > 0 ? 'retrying' : row.status;
      dots.set(row.automation_id, [{ id: row.id, status, at: row.created_at }, ...(dots.get(row.automation_id) ?? [])]);
    }
  }
  for (const own of dots.values()) own.sort((a, b) => (a.id < b.id ? -1 : 1));
  return dots;
}

/** By automation; one that never fired is missing. */
export async function listLastFirings(db: Db, automations: readonly AutomationKey[]): Promise<Map<number, number>> {
  if (automations.length === 0) return new Map();
  const rows = await db
    .selectFrom('automation_counters')
    .select(['automation_id', 'last_fired_at'])
    .where('entity_id', 'in', [...new Set(automations.map(({ entityId }) => entityId))])
    .where('automation_id', 'in', [...new Set(automations.map(({ id }) => id))])
    .execute();
  return new Map(rows.flatMap((row) => (row.last_fired_at === null ? [] : [[row.automation_id, row.last_fired_at] as const])));
}
