import type { Severity } from '#lib/domain/automation.ts';
import type { Db } from './connect.ts';
import type { RunKey } from './metric-chunks.ts';

/** What a training script said of its run. */
export type RunAlert = { id: string; title: string; content: string; severity: Severity; createdAt: number };

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
