import { sql } from 'kysely';
import type { Db } from '#lib/store/connect.ts';

export const PAST_EXECUTIONS = 1_000_000;
const AT_ONCE = 50_000;

/** A million executions that are over, each tenth of them failed, made after the first one's pattern and older than it. */
export async function insertPast(db: Db): Promise<void> {
  const id = `'exe_0' || substr('0000000' || n, -7)`;
  for (let from = 1; from <= PAST_EXECUTIONS; from += AT_ONCE) {
    await copyFirst(db, 'executions', from, {
      id,
      status: `case when n % 10 = 0 then 'failed' else 'finished' end`,
      due_at: 'null',
      worker: 'null',
      number: '1',
      try: '1',
      created_at: `created_at - ${PAST_EXECUTIONS} + n`,
      finished_at: 'created_at',
    });
    await copyFirst(db, 'execution_facts', from, { id });
    await copyFirst(db, 'attempts', from, { execution_id: id });
  }
  await sql`analyze`.execute(db);
}

/** The columns are read, so that a new one needs no change here. */
async function copyFirst(db: Db, table: string, from: number, changed: Record<string, string>): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db);
  const columns = rows.map(({ name }) => name);
  const values = columns.map((name) => changed[name] ?? `"${name}"`).join(', ');
  await sql
    .raw(
      `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) select ${values}
       from (select * from ${table} where rowid = (select min(rowid) from ${table})),
         (with recursive c(n) as (select ${from} union all select n + 1 from c where n < ${from + AT_ONCE - 1}) select n from c)`,
    )
    .execute(db);
}
