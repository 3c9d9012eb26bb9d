import type { Insertable } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';
import type { Database } from './schema.ts';

/** SQLite prepares a statement per text, so texts are few; PostgreSQL pays per round trip, so statements are long. */
const SQLITE_STEPS = [64, 16, 4, 1];
const MAX_PARAMETERS = 30_000;

/** Inserts rows in order, many to a statement. */
export async function insertRows<Table extends keyof Database>(db: Db, table: Table, rows: Insertable<Database[Table]>[]): Promise<void> {
  for (const part of partsOf(db, rows)) await db.insertInto(table).values(part).execute();
}

/** The same, leaving rows alone that are there already. */
export async function insertMissingRows<Table extends keyof Database>(
  db: Db,
  table: Table,
  rows: Insertable<Database[Table]>[],
): Promise<void> {
  for (const part of partsOf(db, rows)) {
    await db
      .insertInto(table)
      .values(part)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function* partsOf<Row extends object>(db: Db, rows: Row[]): Generator<Row[]> {
  const first = rows[0];
  if (!first) return;
  const most = Math.max(1, Math.floor(MAX_PARAMETERS / Object.keys(first).length));
  const steps = storeKindOf(db) === 'sqlite' ? SQLITE_STEPS : [most];
  for (let at = 0; at < rows.length; ) {
    const left = rows.length - at;
    const size = steps.find((step) => step <= left) ?? left;
    yield rows.slice(at, at + size);
    at += size;
  }
}
