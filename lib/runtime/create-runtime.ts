import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createAccounts } from '#lib/auth/accounts.ts';
import { setupTokenOf } from '#lib/auth/setup-token.ts';
import { Engine } from '#lib/engine/engine.ts';
import { directoryStore } from '#lib/files/directory-store.ts';
import { createUrlSigner } from '#lib/files/signed-urls.ts';
import { createVault } from '#lib/secrets/vault.ts';
import type { Platform } from '#lib/services/context.ts';
import { createDeliver } from '#lib/services/delivery/deliver-execution.ts';
import { tellTargetNews } from '#lib/services/notices/tell-target-news.ts';
import type { Store } from '#lib/store/connect.ts';
import { dataKeyStore } from '#lib/store/data-keys.ts';
import { findInstanceValue, insertInstanceValue } from '#lib/store/instance.ts';
import { systemClock } from './clock.ts';
import type { Env } from './env.ts';
import { createFaultLog } from './fault-log.ts';
import { type ForeignHosts, watchHosts } from './foreign-hosts.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import { logPipeline } from './log-pipeline.ts';
import { loadMasterKeys, type MasterKeys } from './master-key.ts';
import { type OwnNames, openEgress } from './open-egress.ts';
import { openMigratedStore, openStoreBeside } from './open-store.ts';
import { ReadingThread } from './reading-thread.ts';
import { VERSION } from './version.ts';

export const KEY_CHECK = 'master_key_check';

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
  readingThread: ReadingThread;
  foreignHosts: ForeignHosts;
  close(): Promise<void>;
}

interface RuntimeOptions {
  /** Beside a running server. */
  beside?: boolean;
  ownNames?: OwnNames;
}

/** Opens and puts together everything that a process needs, in the order in which it may fail. */
export async function createRuntime(env: Env, log: Log, { beside = false, ownNames = {} }: RuntimeOptions = {}): Promise<Runtime> {
  const { store, dataDir, location, close } = beside ? await openStoreBeside(env) : await openMigratedStore(env, log);
  try {
    const keys = await openKeys(env, store, dataDir);
    const foreignHosts = watchHosts(env.publicUrl, systemClock, log);
    const files = {
      store: directoryStore(join(dataDir, 'files')),
      urls: createUrlSigner(env.publicUrl, [keys.derive('signed-urls'), ...keys.derivePrevious('signed-urls')]),
      maxBytes: env.maxFileBytes,
    };
    const readingThread = new ReadingThread(location);
    const platform = {
      ...createPlatform(env, log, store, keys, ownNames),
      files,
      foreignHosts: foreignHosts.recent,
      longReads: readingThread,
    };
    const closeAll = async () => {
      platform.egress.close();
      await readingThread.close();
      await close();
    };
    return { env, log, store, keys, platform, readingThread, foreignHosts, close: closeAll };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What every use case is given, whoever asks. */
function createPlatform(
  env: Env,
  log: Log,
  store: Store,
  keys: MasterKeys,
  ownNames: OwnNames,
): Omit<Platform, 'foreignHosts' | 'files' | 'longReads'> {
  const { db, reader } = store;
  const { publicUrl } = env;
  const vault = createVault({ current: keys.derive('secrets'), previous: keys.derivePrevious('secrets') }, dataKeyStore);
  const sessionKey = keys.derive('sessions');
  const accounts = createAccounts({ db, sessionKey, publicUrl, now: systemClock });
  const setup = { token: setupTokenOf(sessionKey), openToLoopback: !env.publicUrlGiven };
  const egress = openEgress(env, ownNames);
  const engine = new Engine({
    store,
    now: systemClock,
    newId,
    random: Math.random,
    publicUrl,
    runTimeoutMs: env.runTimeoutSeconds * 1000,
    workerId: `${process.pid}-${randomUUID()}`,
    deliver: createDeliver({ db, reader, vault, now: systemClock, egress, publicUrl }),
    onTargetNews: (news) => {
      tellTargetNews({ db, vault, now: systemClock, newId, egress, publicUrl }, news).catch((error) =>
        log.error({ err: error, ...news }, 'the admins of an integration could not be told'),
      );
    },
    ...logPipeline(log),
    onFault: createFaultLog(log, systemClock),
  });
  return { db, reader, now: systemClock, newId, publicUrl, version: VERSION, vault, accounts, setup, egress, engine };
}

async function openKeys(env: Env, store: Store, dataDir: string): Promise<MasterKeys> {
  const load = (storedCheck: string | undefined) =>
    loadMasterKeys({ fromEnvironment: env.masterKey, previous: env.previousMasterKeys, dataDir, storedCheck });
  const keys = load(await findInstanceValue(store.db, KEY_CHECK));
  const standing = await insertInstanceValue(store.db, KEY_CHECK, keys.check);
  return standing === keys.check ? keys : load(standing);
}
