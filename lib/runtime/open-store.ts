import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isStoreUnavailable, openPostgres, openSqlite, type Store } from '#lib/store/connect.ts';
import { migrate, pendingMigrations } from '#lib/store/migrate.ts';
import { startCheckpoints } from './checkpoint-thread.ts';
import { ConfigurationError } from './configuration-error.ts';
import { lockDataDir, prepareDataDir } from './data-dir.ts';
import type { Env } from './env.ts';
import type { Log } from './log.ts';
import type { ReadFrom } from './reading-thread-messages.ts';

const DATABASE_FILE = 'hookline.db';

/** SQLSTATE classes: authentication refused, no such database, no such schema, no right. */
const ACCESS_REFUSED = /^(28|3D|3F|42501)/;

export interface OpenedStore {
  store: Store;
  /** Absolute. */
  dataDir: string;
  /** Where other connections to it lead. */
  location: ReadFrom;
  close(): Promise<void>;
}

const locationOf = ({ databaseUrl }: Env, dataDir: string): ReadFrom =>
  databaseUrl === undefined ? { kind: 'sqlite', path: join(dataDir, DATABASE_FILE) } : { kind: 'postgres', url: databaseUrl };

/** Beside the process that holds the embedded database: for a quick command, which changes no schema and makes no store. */
export async function openStoreBeside(env: Env): Promise<OpenedStore> {
  const dataDir = resolve(env.dataDir);
  const file = join(dataDir, DATABASE_FILE);
  if (env.databaseUrl === undefined && !existsSync(file))
    throw new ConfigurationError(`HOOKLINE_DATA_DIR ${dataDir} holds no database; start the server first.`);
  const store = env.databaseUrl === undefined ? openSqlite(file) : openPostgres(env.databaseUrl);
  try {
    const pending = await pendingMigrations(store.db);
    if (pending.length === 0) return { store, dataDir, location: locationOf(env, dataDir), close: store.close };
  } catch (error) {
    await store.close();
    throw toConfigurationError(error, env, dataDir);
  }
  await store.close();
  throw new ConfigurationError(
    'The database has an older schema than this program; restart the server with this version, or run "hookline migrate".',
  );
}

/** The database that the configuration names, at the newest schema; the embedded one held for this process alone. */
export async function openMigratedStore(env: Env, log: Log): Promise<OpenedStore> {
  const dataDir = prepareDataDir(env.dataDir);
  const lock = env.databaseUrl === undefined ? lockDataDir(dataDir) : undefined;
  const checkpointsBeside = env.databaseUrl === undefined;
  let store: Store | undefined;
  let checkpoints: ReturnType<typeof startCheckpoints> | undefined;
  const close = async () => {
    await checkpoints?.stop();
    await store?.close();
    lock?.release();
  };
  try {
    store = env.databaseUrl === undefined ? openSqlite(join(dataDir, DATABASE_FILE), { checkpointsBeside }) : openPostgres(env.databaseUrl);
    const steps = await migrate(store);
    if (steps.length > 0) log.info({ steps }, 'database migrated');
    if (checkpointsBeside) checkpoints = startCheckpoints(join(dataDir, DATABASE_FILE));
    return { store, dataDir, location: locationOf(env, dataDir), close };
  } catch (error) {
    await close();
    throw toConfigurationError(error, env, dataDir);
  }
}

const SQLITE_DAMAGED = [11, 26];

/** A wrong address, password or database name, a full disk or a damaged file is for whoever runs the instance, not a bug. */
function toConfigurationError(error: unknown, { databaseUrl }: Env, dataDir: string): unknown {
  const { code = '', message, errcode = 0 } = error as NodeJS.ErrnoException & { errcode?: number };
  if (databaseUrl !== undefined) {
    const refused = isStoreUnavailable(error) || ACCESS_REFUSED.test(code);
    return refused ? new ConfigurationError(`DATABASE_URL leads to no database that can be used: ${message || code}.`) : error;
  }
  const file = join(dataDir, DATABASE_FILE);
  if (SQLITE_DAMAGED.includes(errcode & 0xff))
    return new ConfigurationError(
      `HOOKLINE_DATA_DIR: ${file} is damaged or no database of Hookline (${message}); restore it from a backup.`,
    );
  return isStoreUnavailable(error) ? new ConfigurationError(`HOOKLINE_DATA_DIR: ${file} cannot be opened or written (${message}).`) : error;
}
