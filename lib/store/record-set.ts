import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
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

/**
 * Whether a column holds one of the texts of a JSON list: one statement text whatever their number. On PostgreSQL as an array,
 * which the index looks up one by one; of a subquery it expects a hundred and reads everything beside them.
 */
export const isOneOf = (db: Db, column: Expression<unknown>, json: string): RawBuilder<SqlBool> =>
  storeKindOf(db) === 'postgres'
    ? sql<SqlBool>`${column} = any(array(select jsonb_array_elements_text(${json}::jsonb)))`
    : sql<SqlBool>`${column} in (select value from json_each(${json}))`;
