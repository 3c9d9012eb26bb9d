import { type RawBuilder, sql } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';

export type ColumnType = 'int8' | 'text' | 'double precision';

/** Rows given as one JSON parameter, as a table named `given`: one statement for many rows, with one text whatever their number. */
export function recordSet(db: Db, columns: Record<string, ColumnType>, rows: readonly object[]): RawBuilder<unknown> {
  const names = Object.keys(columns);
  const json = JSON.stringify(rows);
  if (storeKindOf(db) === 'postgres') {
    const definition = names.map((name) => `${name} ${columns[name]}`).join(', ');
    return sql`jsonb_to_recordset(${json}::jsonb) as given(${sql.raw(definition)})`;
  }
  const fields = names.map((name) => `value ->> '$.${name}' as ${name}`).join(', ');
  return sql`(select ${sql.raw(fields)} from json_each(${json})) as given`;
}

/** The texts of a JSON list, for `in`: one statement text whatever their number. */
export const textsIn = (db: Db, json: string): RawBuilder<string> =>
  storeKindOf(db) === 'postgres'
    ? sql<string>`(select jsonb_array_elements_text(${json}::jsonb))`
    : sql<string>`(select value from json_each(${json}))`;
