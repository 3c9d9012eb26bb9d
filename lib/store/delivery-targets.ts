import type { Selectable } from 'kysely';
import type { Breaker } from '#lib/domain/breaker.ts';
import type { Db } from './connect.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

/** What the queue must know of a webhook or channel; its address and secrets are read elsewhere, at each attempt. */
export type DeliveryTarget = {
  entityId: number;
  targetId: number;
  state: 'ok' | 'disabled' | 'gone';
  maxConcurrent: number;
  maxPerMinute: number | null;
  /** The circuit breaker: executions wait until then, when one probe may go. */
  pausedUntil: number | null;
  probeDelayMs: number | null;
  /** Since when there was nothing but failures. */
  firstFailureAt: number | null;
  /** Warnings that its admins were given since then, and when the last one was. */
  warned: number;
  warnedAt: number | null;
};

const targetsByIds = prepared((db, given: { entityId: number; ids: readonly number[] }) =>
  db.selectFrom('targets').selectAll().where('entity_id', '=', given.entityId).where('id', 'in', given.ids),
);

/** By number: webhooks and channels share one series, whatever their entity. */
export async function findDeliveryTargets(
  db: Db,
  targets: readonly { entityId: number; targetId: number }[],
): Promise<Map<number, DeliveryTarget>> {
  const found = new Map<number, DeliveryTarget>();
  for (const [entityId, own] of Map.groupBy(targets, (target) => target.entityId)) {
    const { rows } = await targetsByIds(db, { entityId, ids: own.map((target) => target.targetId) });
    for (const row of rows) found.set(row.id, toDeliveryTarget(row));
  }
  return found;
}

/** Guarded by what was read, so that of two processes one changes it. */
export async function changeBreaker(db: Db, target: DeliveryTarget, to: Breaker): Promise<boolean> {
  let query = db
    .updateTable('targets')
    .set({
      paused_until: to.pausedUntil,
      probe_delay_ms: to.probeDelayMs,
      first_failure_at: to.firstFailureAt,
      warned: to.warned,
      warned_at: to.warnedAt,
    })
    .where('entity_id', '=', target.entityId)
    .where('id', '=', target.targetId)
    .where('warned', '=', target.warned);
  query = target.pausedUntil === null ? query.where('paused_until', 'is', null) : query.where('paused_until', '=', target.pausedUntil);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Its waiting executions fail, new firings are skipped; enabling brings nothing back. */
export async function disableTarget(db: Db, entityId: number, targetId: number, reason: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('targets')
    .set({ enabled: 0, disabled_reason: reason, updated_at: nowMs })
    .where('entity_id', '=', entityId)
    .where('id', '=', targetId)
    .where('enabled', '=', 1)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const toDeliveryTarget = (row: Selectable<Database['targets']>): DeliveryTarget => ({
  entityId: row.entity_id,
  targetId: row.id,
  state: row.deleted_at !== null ? 'gone' : row.enabled === 1 ? 'ok' : 'disabled',
  maxConcurrent: row.max_concurrent,
  maxPerMinute: row.max_per_minute,
  pausedUntil: row.paused_until,
  probeDelayMs: row.probe_delay_ms,
  firstFailureAt: row.first_failure_at,
  warned: row.warned,
  warnedAt: row.warned_at,
});
