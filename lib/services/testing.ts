import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccounts } from '#lib/auth/accounts.ts';
import { setupTokenOf } from '#lib/auth/setup-token.ts';
import { createEgress, type Egress } from '#lib/delivery/egress.ts';
import { parseEgressAllow } from '#lib/delivery/parse-egress-allow.ts';
import type { Resolution } from '#lib/delivery/resolve-host.ts';
import type { User } from '#lib/domain/entity.ts';
import { idTime } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import { Engine } from '#lib/engine/engine.ts';
import { directoryStore } from '#lib/files/directory-store.ts';
import { createUrlSigner } from '#lib/files/signed-urls.ts';
import { createVault } from '#lib/secrets/vault.ts';
import { isStoreUnavailable, type Store } from '#lib/store/connect.ts';
import { dataKeyStore } from '#lib/store/data-keys.ts';
import { endBeforeStore } from '#lib/store/testing.ts';
import { findUserByName } from '#lib/store/users.ts';
import { createAccount } from './accounts/create-account.ts';
import { makeFirst } from './accounts/set-up.ts';
import type { Context, Platform } from './context.ts';
import { createDeliver } from './delivery/deliver-execution.ts';
import { readHere } from './long-reads.ts';

export const PUBLIC_URL = 'http://localhost:4500';

/** A clock that only the test moves. */
export type HandSetClock = { now: () => number; advance: (ms: number) => void };

export function handSetClock(start = Date.UTC(2026, 10, 21)): HandSetClock {
  let at = start;
  return {
    now: () => at,
    advance(ms) {
      at += ms;
    },
  };
}

/** A way out that reaches these names on loopback over plain http, and knows no other. */
export function egressTo(names: Readonly<Record<string, readonly string[]>>, now: () => number = () => 0): Egress {
  const allowed = parseEgressAllow(Object.keys(names).join(','));
  if (allowed.kind === 'problem') throw new Error(allowed.message);
  const resolve = async (host: string): Promise<Resolution> =>
    names[host] ? { kind: 'resolved', addresses: names[host] } : { kind: 'failed', code: 'name_not_found' };
  return createEgress({
    policy: { allowHttp: true, entries: allowed.entries, personalMayUseEntries: false, ownAddresses: () => [] },
    resolver: { resolve, close: () => {} },
    version: '0.0.0-test',
    slackApiUrl: 'http://slack.example/api',
    now,
  });
}

/** A platform over a test's store, with its own keys and a clock set by hand. */
export function testPlatform(store: Store, clock: HandSetClock, overrides: Partial<Platform> = {}): Platform {
  const sessionKey = Buffer.alloc(32, 7);
  let made = 0;
  const parts = {
    db: store.db,
    reader: store.reader,
    now: clock.now,
    newId: (prefix: string) => `${idTime(prefix, clock.now())}${String(++made).padStart(8, '0')}`,
    publicUrl: PUBLIC_URL,
    version: '0.0.0-test',
    vault: createVault({ current: Buffer.alloc(32, 1), previous: [] }, dataKeyStore),
    accounts: createAccounts({ db: store.db, sessionKey, publicUrl: PUBLIC_URL, now: clock.now }),
    setup: { token: setupTokenOf(sessionKey), openToLoopback: true },
    foreignHosts: () => [],
    longReads: readHere(store.reader),
    egress: egressTo({}),
    files: {
      store: directoryStore(join(tmpdir(), `hookline-files-${process.pid}`)),
      urls: createUrlSigner(PUBLIC_URL, [Buffer.alloc(32, 9)]),
      maxBytes: 1024 * 1024,
    },
    ...overrides,
  };
  const engine = new Engine({
    store,
    now: clock.now,
    newId: parts.newId,
    random: () => 0.5,
    publicUrl: PUBLIC_URL,
    runTimeoutMs: 300_000,
    workerId: 'test',
    deliver: createDeliver(parts),
    onFault: (error) => {
      if (!isStoreUnavailable(error)) throw error; // a test may take the database away
    },
  });
  endBeforeStore(store, () => engine.stop());
  return { engine, ...parts };
}

export const contextOf = (platform: Platform, actor: Actor): Context => ({
  ...platform,
  actor,
  requestId: 'req_test',
  address: '203.0.113.7',
  directLoopback: false,
});

export const asUser = (platform: Platform, user: User): Context =>
  contextOf(platform, { kind: 'user', userId: user.id, username: user.username, instanceAdmin: user.instanceAdmin, sessionId: 'session' });

/** Makes `root` the instance's admin, of organization Acme (acme-org) and team acme, without the slow hash of a password. */
export async function setUpAcme(platform: Platform): Promise<Context> {
  const system = contextOf(platform, { kind: 'system' });
  const { user } = await platform.db
    .transaction()
    .execute((db) =>
      makeFirst({ ...system, db, reader: db }, { organization: 'Acme', team: 'acme', registries: true }, { username: 'root' }),
    );
  return asUser(platform, user);
}

/** A user in no organization. */
export async function makeUser(platform: Platform, username: string): Promise<Context> {
  const system = contextOf(platform, { kind: 'system' });
  await platform.db.transaction().execute((db) => createAccount({ ...system, db, reader: db }, { username }));
  return asUser(platform, (await findUserByName(platform.db, username))!);
}
