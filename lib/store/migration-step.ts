import type { Db } from './connect.ts';

/** One forward step. Never edited after it has landed; there is no way back but a backup. */
export type MigrationStep = { name: string; up: (schema: SchemaWriter) => Promise<void> };

export type SchemaWriter = {
  db: Db;
  /** Runs one DDL statement written for both databases: int8, double precision, text, bytea. */
  run: (ddl: string) => Promise<void>;
  /** A tenant table: has entity_id first in every key, and is distributed by it where Citus is installed. */
  tenantTable: (ddl: string) => Promise<void>;
  /** A table that every shard needs whole; a plain table elsewhere. */
  referenceTable: (ddl: string) => Promise<void>;
  /** Makes a number series (lib/store/numbers.ts). */
  numbers: (series: string) => Promise<void>;
};
