import { type RawBuilder, sql } from 'kysely';
import type { Db } from './connect.ts';

/** Counts over lists stop here and read "1,000+". */
export const COUNT_LIMIT = 1000;

/** `rows` is a select without order; the database reads at most one row more than the limit. */
export async function countBounded(db: Db, rows: RawBuilder<unknown>, limit = COUNT_LIMIT): Promise<{ count: number; more: boolean }> {
  const { rows: found } = await sql<{ n: number }>`select count(*) as n from (${rows} limit ${limit + 1}) as counted`.execute(db);
  const count = Number(found[0]!.n);
  return { count: Math.min(count, limit), more: count > limit };
}
