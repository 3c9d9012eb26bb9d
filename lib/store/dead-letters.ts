import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { TargetRef } from '#lib/domain/automation.ts';
import type { FailureCause } from '#lib/domain/failure-causes.ts';
import type { Db } from './connect.ts';
import { type ExecutionListItem, readItems } from './execution-history.ts';

/** Of what failed for good: all of it, or what went to one target, came of one automation, has one cause. Times are of the failing. */
export type FailedFilter = {
  automationId?: number | undefined;
  cause?: FailureCause | undefined;
  projectId?: number | undefined;
  sinceMs?: number | undefined;
  untilMs?: number | undefined;
  /** Registries that the reader may not see. */
  exceptProjectIds?: readonly number[] | undefined;
  onlyProjectIds?: readonly number[] | undefined;
};
export type InboxFilter = FailedFilter & { entityIds: readonly number[]; targetId?: number | undefined };

/** Where a page or batch ended: in the order of failing, which is also what is sorted by. */
export type FailedPosition = { at: number; id: string };

/** Not a parameter: only so do the planners see that the partial indexes serve. */
const HAS_FAILED = sql<SqlBool>`status = 'failed'`;

/** What failed last first. */
export async function listFailed(
  db: Db,
  { entityIds, targetId, ...filter }: InboxFilter,
  page: { limit: number; before?: FailedPosition | undefined },
): Promise<ExecutionListItem[]> {
  const { limit, before } = page;
  const found: { entityId: number; id: string; at: number }[] = [];
  for (const entityId of entityIds) {
    const { rows } = await sql<{ id: string; at: number }>`select id, finished_at as at from executions
      where ${failedIn(entityId, targetId)} and ${matches(filter)}
        ${before === undefined ? sql`` : sql`and (finished_at, id) < (${before.at}, ${before.id})`}
      order by finished_at desc, id desc limit ${limit}`.execute(db);
    for (const row of rows) found.push({ entityId, ...row });
  }
  found.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const shown = found.slice(0, limit);
  const items = new Map((await readItems(db, shown)).map((item) => [item.execution.id, item]));
  return shown.flatMap(({ id }) => items.get(id) ?? []);
}

export type FailedKind = {
  entityId: number;
  targetEntityId: number;
  targetId: number;
  automationId: number;
  automationName: string;
  cause: FailureCause;
  count: number;
};

/** What kinds of failures there are among the newest: for the menus of filters, and cheap however many there are. */
export async function countNewestFailed(
  db: Db,
  { entityIds, targetId, ...filter }: InboxFilter,
  limit: number,
): Promise<{ kinds: FailedKind[]; more: boolean }> {
  const kinds: FailedKind[] = [];
  let more = false;
  for (const entityId of entityIds) {
    const { rows } = await sql<Omit<FailedKind, 'entityId'>>`
      select target_entity_id as "targetEntityId", target_id as "targetId", automation_id as "automationId",
        max(automation_name) as "automationName", cause, count(*) as count from (
        select target_entity_id, target_id, automation_id, automation_name, cause from executions where ${failedIn(entityId, targetId)} and ${matches(filter)}
        order by finished_at desc, id desc limit ${limit + 1}) as newest
      group by target_entity_id, target_id, automation_id, cause`.execute(db);
    kinds.push(...rows.map((row) => ({ ...row, entityId, count: Number(row.count) })));
    more ||= rows.reduce((sum, row) => sum + Number(row.count), 0) > limit;
  }
  return { kinds, more };
}

/** To which targets something of an entity's automations failed; jumps from one to the next along the index. */
export async function listFailedTargets(db: Db, entityId: number, only?: number): Promise<TargetRef[]> {
  const targets: TargetRef[] = [];
  for (let after = only === undefined ? 0 : only - 1; ; after = targets.at(-1)!.targetId) {
    const { rows } = await sql<TargetRef>`select target_entity_id as "entityId", target_id as "targetId" from executions
      where entity_id = ${entityId} and target_id > ${after} and ${HAS_FAILED} order by target_id limit 1`.execute(db);
    const [next] = rows;
    if (!next || (only !== undefined && next.targetId !== only)) return targets;
    targets.push(next);
  }
}

const COUNTED_AT_ONCE = 20_000;

/** Exact, because it is shown before all of it is sent again; in pieces with turns between them, so that requests go on. */
export async function countFailed(db: Db, entityId: number, targetId: number, filter: FailedFilter): Promise<number> {
  let count = 0;
  for (let after: FailedPosition | null = startOf(filter); after !== null; await nextTurn()) {
    const counted = await countPiece(db, entityId, targetId, filter, after);
    count += counted.count;
    after = counted.end;
  }
  return count;
}

/** Just before everything that failed since then. */
export const startOf = ({ sinceMs = 0 }: Pick<FailedFilter, 'sinceMs'>): FailedPosition => ({ at: sinceMs, id: '' });

async function countPiece(
  db: Db,
  entityId: number,
  targetId: number,
  { sinceMs: _, untilMs, ...narrowed }: FailedFilter,
  after: FailedPosition,
): Promise<{ count: number; end: FailedPosition | null }> {
  const { rows } = await sql<{ n: number; scanned: number; at: number; id: string }>`
    with piece as (${piece(entityId, targetId, after, untilMs, COUNTED_AT_ONCE)})
    select (select count(*) from piece where ${matches(narrowed)}) as n, (select count(*) from piece) as scanned, last.finished_at as at, last.id
    from (select finished_at, id from piece order by finished_at desc, id desc limit 1) as last`.execute(db);
  const [found] = rows;
  if (!found) return { count: 0, end: null };
  return { count: Number(found.n), end: Number(found.scanned) < COUNTED_AT_ONCE ? null : { at: found.at, id: found.id } };
}

/**
 * Passes over what failed, oldest first, until `room` of it is wanted; in one go over no more than `most`. `isLast`: nothing
 * comes after.
 */
export async function nextFailed(
  db: Db,
  { entityId, targetId }: { entityId: number; targetId: number },
  { untilMs, sinceMs: _, ...narrowed }: FailedFilter,
  after: FailedPosition,
  { room, most }: { room: number; most: number },
): Promise<{ passed: (FailedPosition & { wanted: boolean })[]; isLast: boolean }> {
  const { rows } = await sql<{ id: string; at: number; wanted: number }>`
    select id, finished_at as at, case when ${matches(narrowed)} then 1 else 0 end as wanted
    from (${piece(entityId, targetId, after, untilMs, most)}) as piece order by finished_at, id`.execute(db);
  const passed = [];
  let wanted = 0;
  for (const row of rows) {
    if (wanted === room) break;
    passed.push({ at: row.at, id: row.id, wanted: row.wanted === 1 });
    wanted += row.wanted;
  }
  return { passed, isLast: passed.length === rows.length && rows.length < most };
}

/** A bounded stretch of the index, whatever matches in it. */
const piece = (entityId: number, targetId: number, after: FailedPosition, untilMs: number | undefined, limit: number) => sql`
  select finished_at, id, automation_id, cause, project_id from executions
  where ${failedIn(entityId, targetId)} and (finished_at, id) > (${after.at}, ${after.id})
    ${untilMs === undefined ? sql`` : sql`and finished_at <= ${untilMs}`}
  order by finished_at, id limit ${limit}`;

const failedIn = (entityId: number, targetId: number | undefined) =>
  sql<SqlBool>`entity_id = ${entityId} and ${HAS_FAILED} ${targetId === undefined ? sql`` : sql`and target_id = ${targetId}`}`;

function matches(filter: FailedFilter): RawBuilder<SqlBool> {
  const all: RawBuilder<unknown>[] = [sql`1 = 1`];
  if (filter.automationId !== undefined) all.push(sql`automation_id = ${filter.automationId}`);
  if (filter.cause !== undefined) all.push(sql`cause = ${filter.cause}`);
  if (filter.projectId !== undefined) all.push(sql`project_id = ${filter.projectId}`);
  if (filter.sinceMs !== undefined) all.push(sql`finished_at >= ${filter.sinceMs}`);
  if (filter.untilMs !== undefined) all.push(sql`finished_at <= ${filter.untilMs}`);
  if (filter.exceptProjectIds?.length) all.push(sql`project_id not in (${sql.join([...filter.exceptProjectIds])})`);
  if (filter.onlyProjectIds)
    all.push(filter.onlyProjectIds.length ? sql`project_id in (${sql.join([...filter.onlyProjectIds])})` : sql`1 = 0`);
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/**
 * Queues what failed again, for a replay of many: same ids and payloads, tries from 1, attempt numbers go on. Answers those
 * that were still failed, and that it had not queued before: whatever the clock says, none is caught twice.
 */
export async function requeueFailed(db: Db, entityId: number, ids: readonly string[], replayId: string, nowMs: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    update executions set status = 'pending', due_at = ${nowMs}, finished_at = null, worker = null, reason = null, cause = null, try = 0,
      second_chance_used = 0, replay_id = ${replayId}
    where entity_id = ${entityId} and id in (${sql.join([...ids])}) and ${HAS_FAILED} and (replay_id is null or replay_id <> ${replayId})
    returning id`.execute(db);
  return rows.map((row) => row.id);
}

/** How many of an entity's executions wait for a target or are on their way to it, counted up to `limit`. */
export async function countWaiting(db: Db, entityId: number, targetId: number, dueBefore: number, limit: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from executions
    where entity_id = ${entityId} and target_id = ${targetId} and due_at is not null and due_at <= ${dueBefore} limit ${limit}) as waiting`.execute(
    db,
  );
  return Number(rows[0]!.n);
}

/** What has become of everything that a replay queued; index only. */
export async function countReplayed(db: Db, entityIds: readonly number[], replayId: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const entityId of entityIds) {
    const { rows } = await sql<{ status: string; n: number }>`select status, count(*) as n from executions
      where entity_id = ${entityId} and replay_id = ${replayId} group by status`.execute(db);
    for (const { status, n } of rows) counts.set(status, (counts.get(status) ?? 0) + Number(n));
  }
  return counts;
}
