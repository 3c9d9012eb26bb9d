import { join } from 'node:path';
import { isStoreUnavailable, openPostgres, openSqlite, type Store } from '#lib/store/connect.ts';
import { migrate } from '#lib/store/migrate.ts';
import { ConfigurationError } from './configuration-error.ts';
import { lockDataDir, prepareDataDir } from './data-dir.ts';
import type { Env } from './env.ts';
import type { Log } from './log.ts';

/** SQLSTATE classes: authentication refused, no such database, no such schema, no right. */
const ACCESS_REFUSED = /^(28|3D|3F|42501)/;

export interface OpenedStore {
  store: Store;
  /** Absolute. */
  dataDir: string;
  close(): Promise<void>;
}

/** The database that the configuration names, at the newest schema; the embedded one held for this process alone. */
export async function openMigratedStore(env: Env, log: Log): Promise<OpenedStore> {
  const dataDir = prepareDataDir(env.dataDir);
  const lock = env.databaseUrl === undefined ? lockDataDir(dataDir) : undefined;
  const store = env.databaseUrl === undefined ? openSqlite(join(dataDir, 'hookline.db')) : openPostgres(env.databaseUrl);
  const close = async () => {
    await store.close();
    lock?.release();
  };
  try {
    const steps = await migrate(store);
    if (steps.length > 0) log.info({ steps }, 'database migrated');
    return { store, dataDir, close };
  } catch (error) {
    await close();
    throw env.databaseUrl === undefined ? error : toConfigurationError(error);
  }
}

/** A wrong address, password or database name is for whoever runs the instance, not a bug. */
function toConfigurationError(error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const refused = isStoreUnavailable(error) || ACCESS_REFUSED.test(code);
  return refused ? new ConfigurationError(`DATABASE_URL leads to no database that can be used: ${message || code}.`) : error;
}
