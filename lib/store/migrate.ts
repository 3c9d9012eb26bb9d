import { sql } from 'kysely';
import { type Db, inTransaction, type Store, storeKindOf } from './connect.ts';
import type { SchemaWriter } from './migration-step.ts';
import { migrationSteps } from './migrations/all.ts';

/** Any two int8: the advisory lock by which one process migrates and the others wait. */
const LOCK_KEY = 7_265_112_031;

/** Brings the store to the newest schema; answers the names of the steps that were run. Safe from several processes at once. */
export async function migrate(store: Store): Promise<string[]> {
  const { db } = store;
  await sql`create table if not exists migrations (name text primary key, applied_at int8 not null)`.execute(db).catch((error) => {
    // Two first starts at once: PostgreSQL lets one of two "create if not exists" fail.
    if ((error as { code?: string }).code !== '23505' && (error as { code?: string }).code !== '42P07') throw error;
  });
  const done: string[] = [];
  for (const step of migrationSteps) {
    const ran = await inTransaction(db, async (tx) => {
      if (store.kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(tx);
      const { rows } = await sql`select 1 from migrations where name = ${step.name}`.execute(tx);
      if (rows.length) return false;
      await step.up(await schemaWriter(tx));
      await sql`insert into migrations (name, applied_at) values (${step.name}, ${Date.now()})`.execute(tx);
      return true;
    });
    if (ran) done.push(step.name);
  }
  return done;
}

/** The names of steps that this program knows and the store has not run. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db);
  const applied = new Set(rows.map((row) => row.name));
  return migrationSteps.map((step) => step.name).filter((name) => !applied.has(name));
}

async function schemaWriter(db: Db): Promise<SchemaWriter> {
  const postgres = storeKindOf(db) === 'postgres';
  const citus = postgres && (await sql`select 1 from pg_extension where extname = 'citus'`.execute(db)).rows.length > 0;
  const run = async (ddl: string) => {
    // Byte order on both databases, so that keyset pages agree.
    await sql.raw(postgres ? ddl.replace(/\btext\b/g, 'text collate "C"') : ddl).execute(db);
  };
  return {
    db,
    run,
    async tenantTable(ddl) {
      await run(ddl);
      if (citus) await sql`select create_distributed_table(${tableOf(ddl)}, 'entity_id')`.execute(db);
    },
    async referenceTable(ddl) {
      await run(ddl);
      if (citus) await sql`select create_reference_table(${tableOf(ddl)})`.execute(db);
    },
    async numbers(series) {
      if (postgres) await sql.raw(`create sequence numbers_${series}`).execute(db);
      else await sql`insert into numbers (series, value) values (${series}, 0)`.execute(db);
    },
  };
}

const tableOf = (ddl: string) => /create table (\w+)/.exec(ddl)![1]!;
