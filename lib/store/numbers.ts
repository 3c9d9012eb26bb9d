import { sql } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';
import { prepared } from './prepared.ts';

/** Series of integers that clients see (`Project:<int>`, `aut_<int>`). Webhooks and Slack channels share `target`. */
export const NUMBER_SERIES = [
  'user',
  'organization',
  'entity',
  'project',
  'run',
  'collection',
  'version',
  'automation',
  'target',
  'secret',
  'api_key',
  'invite',
  'file',
] as const;
export type NumberSeries = (typeof NUMBER_SERIES)[number];

const countUp = prepared((db, given: { series: NumberSeries; count: number }) =>
  db
    .updateTable('numbers')
    .set((eb) => ({ value: eb('value', '+', given.count) }))
    .where('series', '=', given.series)
    .returning('value'),
);

/**
 * `count` new numbers of a series, ascending. A sequence on PostgreSQL; a counter row in the same transaction on SQLite,
 * where a composite key does not number by itself. Never given twice; gaps are possible.
 */
export async function nextNumbers(db: Db, series: NumberSeries, count: number): Promise<number[]> {
  if (storeKindOf(db) === 'postgres') {
    const { rows } = await sql<{
      value: number;
    }>`select nextval(${`numbers_${series}`}::regclass)::int8 as value from generate_series(1, ${count}::int)`.execute(db);
    return rows.map((row) => row.value);
  }
  const [row] = (await countUp(db, { series, count })).rows;
  return Array.from({ length: count }, (_, index) => row!.value - count + 1 + index);
}

/** Never one that a committed transaction drew before. */
export async function nextNumber(db: Db, series: NumberSeries): Promise<number> {
  const [number] = await nextNumbers(db, series, 1);
  return number!;
}
