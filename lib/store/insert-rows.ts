import { CompiledQuery, type Insertable } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';
import type { Database } from './schema.ts';

/** SQLite prepares a statement per text, so texts are few; PostgreSQL pays per round trip, so statements are long. */
const SQLITE_STEPS = [64, 16, 4, 1];
const MAX_PARAMETERS = 30_000;

/** Inserts rows in order, many to a statement. All rows have the columns of the first. */
export async function insertRows<Table extends keyof Database>(db: Db, table: Table, rows: Insertable<Database[Table]>[]): Promise<void> {
  await insertParts(db, table, rows, '');
}

/** The same, leaving rows alone that are there already. */
export async function insertMissingRows<Table extends keyof Database>(
  db: Db,
  table: Table,
  rows: Insertable<Database[Table]>[],
): Promise<void> {
  await insertParts(db, table, rows, ' on conflict do nothing');
}

type Row = Readonly<Record<string, unknown>>;

/** The text is put together here: Kysely takes 7 µs for each row, which is more than SQLite takes to insert it. */
async function insertParts(db: Db, table: string, rows: readonly Row[], conflict: string): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const into = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values `;
  for (const part of partsOf(db, rows, columns.length)) {
    const parameters = part.flatMap((row) => columns.map((column) => row[column]));
    await db.executeQuery(CompiledQuery.raw(into + placeholders(db, columns.length, part.length) + conflict, parameters));
  }
}

const known = new Map<string, string>();
const MOST_KNOWN = 1000;

/** `(?, ?), (?, ?)`, or `($1, $2), ($3, $4)` for PostgreSQL. */
function placeholders(db: Db, columns: number, rows: number): string {
  const kind = storeKindOf(db);
  const key = `${kind}/${columns}/${rows}`;
  let text = known.get(key);
  if (text !== undefined) return text;
  const placeholder = kind === 'sqlite' ? () => '?' : (row: number, column: number) => `$${row * columns + column + 1}`;
  const tuple = (row: number) => `(${Array.from({ length: columns }, (_, column) => placeholder(row, column)).join(', ')})`;
  text = Array.from({ length: rows }, (_, row) => tuple(row)).join(', ');
  if (known.size < MOST_KNOWN) known.set(key, text);
  return text;
}

function* partsOf(db: Db, rows: readonly Row[], columns: number): Generator<readonly Row[]> {
  const most = Math.max(1, Math.floor(MAX_PARAMETERS / columns));
  const steps = storeKindOf(db) === 'sqlite' ? SQLITE_STEPS : [most];
  for (let at = 0; at < rows.length; ) {
    const left = rows.length - at;
    const size = steps.find((step) => step <= left) ?? left;
    yield rows.slice(at, at + size);
    at += size;
  }
}
