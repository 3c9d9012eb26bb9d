import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { isAppError, unavailable } from '#lib/errors.ts';
import { PostgresListener } from './listen.ts';
import { type Disk, LogDisk } from './log-disk.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { type PostgresPatience, watchedClient } from './watched-client.ts';

/** A connection or a transaction: store functions cannot tell, and must not care. */
export type Db = Kysely<Database>;
export type StoreKind = 'sqlite' | 'postgres';

/** `reader` serves reads that must not wait behind a writer's transaction; on PostgreSQL it is `db` itself. */
export type Store = {
  kind: StoreKind;
  db: Db;
  reader: Db;
  /** For transactions that need not wait for the disk at their commit; only of an embedded database that lies on one. */
  unflushed?: { disk: Disk; transaction: <Result>(work: (tx: Db) => Promise<Result>) => Promise<Result> };
  /** Hears what other processes notify, and shows them that the process of this name lives; only PostgreSQL can have any. */
  listen?: (channel: string, name: string, onPayload: (payload: string) => void) => PostgresListener;
  close: () => Promise<void>;
};

const kinds = new WeakMap<object, StoreKind>();

/** Which dialect a connection or transaction speaks; for the few statements that have two forms. */
export function storeKindOf(db: Db): StoreKind {
  return kinds.get(db.getExecutor().adapter) ?? (db.getExecutor().adapter.constructor.name === 'PostgresAdapter' ? 'postgres' : 'sqlite');
}

/** Beyond them the writer copies the log into the database itself, as it also does where nobody else is there for it. */
const LOG_PAGES = { checkpointsBeside: 65_536, alone: 1000 };
const LONGEST_LOG_KEPT = 67_108_864;

/**
 * Opens the embedded database at `path` (":memory:" for tests): durable at every commit, readers beside the writer.
 * `checkpointsBeside`: another connection does them.
 */
export function openSqlite(path: string, { checkpointsBeside = false } = {}): Store {
  const open = () => {
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
    database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -16384; pragma mmap_size = 268435456;
      pragma wal_autocheckpoint = ${LOG_PAGES[checkpointsBeside ? 'checkpointsBeside' : 'alone']}; pragma journal_size_limit = ${LONGEST_LOG_KEPT}`,
    );
    return { database, db: register(new Kysely<Database>({ dialect: sqliteDialect(database) }), 'sqlite') };
  };
  const { database, db } = open();
  if (path === ':memory:') return { kind: 'sqlite', db, reader: db, close: () => db.destroy() };
  const { db: reader } = open();
  const disk = new LogDisk(`${path}-wal`);
  const close = async () => {
    await disk.close();
    await reader.destroy();
    await db.destroy();
  };
  return { kind: 'sqlite', db, reader, unflushed: { disk, transaction: (work) => unflushed(database, db, work) }, close };
}

/** The setting is the connection's, and this transaction has the connection to itself. */
function unflushed<Result>(database: DatabaseSync, db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (connection) => {
    database.exec('pragma synchronous = normal'); // not through Kysely: a pragma that is prepared once does nothing again
    try {
      return await connection.transaction().execute(work);
    } finally {
      database.exec('pragma synchronous = full');
    }
  });
}

/** Reads that may be long share the system's cache of the file, not one of their own. */
const READER_CACHE_KIB = 16_384;
const READER_SETTINGS = '; set statement_timeout = 60000; set default_transaction_read_only = on';

export type Reader = { db: Db; close: () => Promise<void> };

/** A connection that only reads, beside those of the server: what it runs must not hold them up. */
export function openReader(from: { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string }): Reader {
  if (from.kind === 'postgres') {
    const { db, close } = openPostgres(from.url, { maxConnections: 4, readOnly: true });
    return { db, close };
  }
  const database = new DatabaseSync(from.path, { readOnly: true, timeout: 5000 });
  database.exec(`pragma temp_store = memory; pragma cache_size = -${READER_CACHE_KIB}; pragma mmap_size = 268435456`);
  const db = register(new Kysely<Database>({ dialect: sqliteDialect(database) }), 'sqlite');
  return { db, close: () => db.destroy() };
}

const INT8_OID = 20;
const PATIENCE: PostgresPatience = { silentMs: 2500, connectMs: 4000, unknownMs: 60_000, askMs: 10_000, idleInTransactionMs: 10_000 };

type PostgresOptions = { maxConnections?: number; patience?: PostgresPatience; readOnly?: boolean };

/** Opens a pool on PostgreSQL (or a Citus coordinator). int8 is read as number: ids and milliseconds stay below 2^53. */
export function openPostgres(url: string, { maxConnections = 12, patience = PATIENCE, readOnly = false }: PostgresOptions = {}): Store {
  const { WatchedClient, stop } = watchedClient(url, patience);
  const connection = { connectionString: url, connectionTimeoutMillis: patience.connectMs, keepAlive: true };
  const pool = new pg.Pool({
    ...connection,
    Client: WatchedClient as unknown as new () => pg.ClientBase,
    max: maxConnections,
    application_name: 'hookline',
    // Not a parameter of the connection: poolers refuse those they do not know.
    onConnect: (client) =>
      client.query(`set idle_in_transaction_session_timeout = ${patience.idleInTransactionMs}${readOnly ? READER_SETTINGS : ''}`),
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8_OID && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that breaks is replaced; a query on a broken one throws where it is made. The pool hears only idle
  // ones: one that breaks between two statements of a transaction would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = register(new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), 'postgres');
  const newListener = () => new WatchedClient({ ...connection, application_name: 'hookline listener' });
  const listen: Store['listen'] = (channel, name, onPayload) =>
    new PostgresListener({ connect: newListener, askMs: patience.askMs, channel, name, onPayload });
  const close = async () => {
    stop();
    await db.destroy();
  };
  return { kind: 'postgres', db, reader: db, listen, close };
}

function register(db: Db, kind: StoreKind): Db {
  kinds.set(db.getExecutor().adapter, kind);
  return db;
}

const POSTGRES_CONFLICTS = new Set(['23505']);
const POSTGRES_UNAVAILABLE = /^(08|53|57P)|^(25006|25P03|40001|40P01)$/;
/** Of a file that could not be written through. */
const DISK_CODES = new Set(['EIO', 'ENOSPC', 'EDQUOT']);
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);
/** What pg itself says without a code. */
const PG_CONNECTION_LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
/** busy, locked, io error, corrupt, full, cannot open: the store cannot write now, whatever the caller sent. */
const SQLITE_UNAVAILABLE = new Set([5, 6, 8, 10, 13, 14]);

type DriverError = { code?: string; errcode?: number; message?: string };

/** True when a unique or primary key refused the row; by code, never by message text. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as DriverError;
  return POSTGRES_CONFLICTS.has(code ?? '') || errcode === SQLITE_CONSTRAINT_UNIQUE || errcode === SQLITE_CONSTRAINT_PRIMARYKEY;
}

/** Of transactions that waited for each other, and of one that read what another changed meanwhile. */
const POSTGRES_LOST_RACES = new Set(['40001', '40P01']);

/** True when another transaction was faster and nothing of this one was kept: made again, it finds what the other did. */
export function isLostRace(error: unknown): boolean {
  if (isAppError(error)) return error.isLostRace;
  return isUniqueViolation(error) || POSTGRES_LOST_RACES.has((error as DriverError | undefined)?.code ?? '');
}

/** True when the database cannot be reached or cannot write (full disk, read only, lost connection). */
export function isStoreUnavailable(error: unknown): boolean {
  const { code, errcode, message } = (error ?? {}) as DriverError;
  if (errcode !== undefined) return SQLITE_UNAVAILABLE.has(errcode & 0xff);
  if (code !== undefined && (POSTGRES_UNAVAILABLE.test(code) || NETWORK_CODES.has(code) || DISK_CODES.has(code))) return true;
  return PG_CONNECTION_LOST.test(message ?? '');
}

/** The line or the disk broke: what was asked last may have been committed. */
const isUncertain = ({ code = '', message = '' }: DriverError) =>
  /^(08|57P)/.test(code) ||
  DISK_CODES.has(code) ||
  ['ECONNRESET', 'ETIMEDOUT', 'EPIPE'].includes(code) ||
  /^Connection terminated unexpectedly/.test(message);

/** The store's own faults as `unavailable`, so that a caller may try again; everything else unchanged. */
export function toStoreError(error: unknown): unknown {
  if (!isStoreUnavailable(error)) return error;
  const outcome = isUncertain(error as DriverError)
    ? 'Whether this was kept is not certain; look before you try again in a moment, or send it again under the same id.'
    : 'Nothing was changed; try again in a moment.';
  return unavailable(`The database cannot be written or reached right now. ${outcome}`, error);
}

/** Runs `work` in one transaction; inside a transaction it joins it. */
export async function inTransaction<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return work(db);
  return db.transaction().execute(work);
}
