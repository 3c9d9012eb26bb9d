import { join } from 'node:path';
import { createAccounts } from '#lib/auth/accounts.ts';
import { setupTokenOf } from '#lib/auth/setup-token.ts';
import { createVault } from '#lib/secrets/vault.ts';
import type { Platform } from '#lib/services/context.ts';
import { openPostgres, openSqlite, type Store } from '#lib/store/connect.ts';
import { dataKeyStore } from '#lib/store/data-keys.ts';
import { findInstanceValue, insertInstanceValue } from '#lib/store/instance.ts';
import { migrate } from '#lib/store/migrate.ts';
import { systemClock } from './clock.ts';
import { type DataDirLock, lockDataDir, prepareDataDir } from './data-dir.ts';
import type { Env } from './env.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import { loadMasterKeys, type MasterKeys } from './master-key.ts';
import { VERSION } from './version.ts';

const KEY_CHECK = 'master_key_check';

/** Something that runs beside the requests until the process stops. */
export interface Background {
  name: string;
  /** What is wrong with it, for /ready; null when all is well. */
  trouble(): string | null;
  /** Finishes what it has in hand. */
  stop(): Promise<void>;
}

export interface Runtime {
  env: Env;
  log: Log;
  store: Store;
  keys: MasterKeys;
  platform: Platform;
  close(): Promise<void>;
}

/** Opens and puts together everything that a process needs, in the order in which it may fail. */
export async function createRuntime(env: Env, log: Log): Promise<Runtime> {
  const dataDir = prepareDataDir(env.dataDir);
  const lock = env.databaseUrl === undefined ? lockDataDir(dataDir) : undefined;
  const store = openStore(env, dataDir);
  try {
    await migrateAndLog(store, log);
    const keys = await openKeys(env, store, dataDir);
    const platform = createPlatform(env, store, keys);
    return { env, log, store, keys, platform, close: () => close(store, lock) };
  } catch (error) {
    await close(store, lock);
    throw error;
  }
}

/** What every use case is given, whoever asks. */
function createPlatform(env: Env, { db, reader }: Store, keys: MasterKeys): Platform {
  const vault = createVault({ current: keys.derive('secrets'), previous: keys.derivePrevious('secrets') }, dataKeyStore);
  const sessionKey = keys.derive('sessions');
  const accounts = createAccounts({ db, sessionKey, publicUrl: env.publicUrl, now: systemClock });
  const setup = { token: setupTokenOf(sessionKey), openToLoopback: !env.publicUrlGiven };
  return { db, reader, now: systemClock, newId, publicUrl: env.publicUrl, version: VERSION, vault, accounts, setup };
}

/** Only the store, brought to the newest schema: for `hookline migrate`. */
export async function migrateOnly(env: Env, log: Log): Promise<void> {
  const dataDir = prepareDataDir(env.dataDir);
  const lock = env.databaseUrl === undefined ? lockDataDir(dataDir) : undefined;
  const store = openStore(env, dataDir);
  try {
    await migrateAndLog(store, log);
  } finally {
    await close(store, lock);
  }
}

function openStore(env: Env, dataDir: string): Store {
  return env.databaseUrl === undefined ? openSqlite(join(dataDir, 'hookline.db')) : openPostgres(env.databaseUrl);
}

async function migrateAndLog(store: Store, log: Log): Promise<void> {
  const steps = await migrate(store);
  if (steps.length > 0) log.info({ steps }, 'database migrated');
}

async function openKeys(env: Env, store: Store, dataDir: string): Promise<MasterKeys> {
  const load = (storedCheck: string | undefined) =>
    loadMasterKeys({ fromEnvironment: env.masterKey, previous: env.previousMasterKeys, dataDir, storedCheck });
  const keys = load(await findInstanceValue(store.db, KEY_CHECK));
  const standing = await insertInstanceValue(store.db, KEY_CHECK, keys.check);
  return standing === keys.check ? keys : load(standing);
}

async function close(store: Store, lock: DataDirLock | undefined): Promise<void> {
  await store.close();
  lock?.release();
}
