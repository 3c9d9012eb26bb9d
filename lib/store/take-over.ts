import { sql } from 'kysely';
import { type Db, inTransaction, storeKindOf } from './connect.ts';
import { LIFE_MARK_SEED } from './listen.ts';

/** Makes what dead workers held due now; answers how much. What one may still hold whose machine is gone, its lease frees. */
export async function takeOverFromDead(db: Db, worker: string, nowMs: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ worker: string }>`
      select distinct worker from executions where status = 'running' and worker <> ${worker}`.execute(tx);
    let taken = 0;
    for (const { worker: other } of rows) if (await isDead(tx, other)) taken += await takeFrom(tx, other, nowMs);
    return taken;
  });
}

/**
 * The embedded database is held by one process: whoever else was at work is dead. On PostgreSQL a live one holds the lock on its
 * name by the connection on which it listens, which its system closes however it dies.
 */
async function isDead(tx: Db, worker: string): Promise<boolean> {
  if (storeKindOf(tx) === 'sqlite') return true;
  const { rows } = await sql<{
    free: boolean;
  }>`select pg_try_advisory_xact_lock(hashtextextended(${worker}, ${sql.lit(LIFE_MARK_SEED)})) as free`.execute(tx);
  return rows[0]!.free;
}

async function takeFrom(tx: Db, worker: string, nowMs: number): Promise<number> {
  if (storeKindOf(tx) === 'postgres') await tx.deleteFrom('target_slots').where('holder', '=', worker).execute();
  // In the order in which they came, so ahead of what waits behind them; the clock may have moved back since.
  const { numAffectedRows } = await sql`
    update executions set due_at = case when created_at < ${nowMs} then created_at else ${nowMs} end
    where status = 'running' and worker = ${worker}`.execute(tx);
  return Number(numAffectedRows);
}
