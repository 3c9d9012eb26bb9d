import type { Severity } from '#lib/domain/automation.ts';
import type { Db } from './connect.ts';
import type { RunKey } from './metric-chunks.ts';
import type { Database } from './schema.ts';

/** What a training script said of its run. */
export type RunAlert = { id: string; title: string; content: string; severity: Severity; createdAt: number };

/** Where an alert was posted; the channel's name is kept as it was. */
export type AlertDelivery = {
  targetId: number;
  targetName: string;
  status: Database['run_alert_deliveries']['status'];
  error: string | null;
  at: number;
};

export async function insertRunAlert(db: Db, { entityId, run }: RunKey, alert: RunAlert): Promise<void> {
  await db
    .insertInto('run_alerts')
    .values({
      entity_id: entityId,
      id: alert.id,
      run,
      title: alert.title,
      content: alert.content,
      severity: alert.severity,
      created_at: alert.createdAt,
    })
    .execute();
}

/** Writes where an alert goes, or what came of it there. */
export async function putAlertDelivery(db: Db, { entityId, run }: RunKey, alertId: string, delivery: AlertDelivery): Promise<void> {
  const { status, error, at } = delivery;
  await db
    .insertInto('run_alert_deliveries')
    .values({
      entity_id: entityId,
      alert_id: alertId,
      target_id: delivery.targetId,
      run,
      target_name: delivery.targetName,
      status,
      error,
      at,
    })
    .onConflict((conflict) => conflict.columns(['entity_id', 'alert_id', 'target_id']).doUpdateSet({ status, error, at }))
    .execute();
}

/** Whether the run said the same since `since`. */
export async function hasAlertSince(db: Db, { entityId, run }: RunKey, title: string, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('run_alerts')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('title', '=', title)
    .where('created_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Newest first, each with its deliveries by channel name; `beforeId` is the last one of the page before. */
export async function listRunAlerts(
  db: Db,
  { entityId, run }: RunKey,
  page: { limit: number; beforeId?: string | undefined },
): Promise<(RunAlert & { deliveries: AlertDelivery[] })[]> {
  let query = db.selectFrom('run_alerts').selectAll().where('entity_id', '=', entityId).where('run', '=', run);
  if (page.beforeId !== undefined) query = query.where('id', '<', page.beforeId);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  const deliveries = await listDeliveries(
    db,
    entityId,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    content: row.content,
    severity: row.severity,
    createdAt: row.created_at,
    deliveries: deliveries.get(row.id) ?? [],
  }));
}

async function listDeliveries(db: Db, entityId: number, alertIds: readonly string[]): Promise<Map<string, AlertDelivery[]>> {
  if (alertIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('run_alert_deliveries')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('alert_id', 'in', [...alertIds])
    .orderBy('target_name')
    .execute();
  const found = new Map<string, AlertDelivery[]>();
  for (const { alert_id: alertId, target_id: targetId, target_name: targetName, status, error, at } of rows) {
    found.set(alertId, [...(found.get(alertId) ?? []), { targetId, targetName, status, error, at }]);
  }
  return found;
}

export async function countRunAlerts(db: Db, { entityId, run }: RunKey): Promise<number> {
  const { count } = await db
    .selectFrom('run_alerts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .executeTakeFirstOrThrow();
  return Number(count);
}
