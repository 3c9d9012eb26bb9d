import { sql } from 'kysely';
import type { Db } from './connect.ts';

export type Taken = { allowed: boolean; retryAfterMs: number };

/**
 * Takes one of `limit` per window from a subject's count, in one statement, so that many at once cannot slip through.
 * The window begins with the first one taken.
 */
export async function takeCount(db: Db, subject: string, limit: number, windowMs: number, now: number): Promise<Taken> {
  // A window that ends later than one begun now was begun before the clock was moved back.
  const isOver = sql`(rate_counts.window_ends_at <= ${now} or rate_counts.window_ends_at > ${now + windowMs})`;
  const row = await db
    .insertInto('rate_counts')
    .values({ subject, window_ends_at: now + windowMs, used: 1 })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet({
        used: sql`case when ${isOver} then 1 else rate_counts.used + 1 end`,
        window_ends_at: sql`case when ${isOver} then excluded.window_ends_at else rate_counts.window_ends_at end`,
      }),
    )
    .returning(['used', 'window_ends_at'])
    .executeTakeFirstOrThrow();
  return { allowed: row.used <= limit, retryAfterMs: row.window_ends_at - now };
}

/** Gives one back: it turned out not to count. */
export async function returnCount(db: Db, subject: string): Promise<void> {
  await db
    .updateTable('rate_counts')
    .set((eb) => ({ used: eb('used', '-', 1) }))
    .where('subject', '=', subject)
    .where('used', '>', 0)
    .execute();
}
