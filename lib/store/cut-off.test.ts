import { sql } from 'kysely';
import { afterEach, expect, inject, test } from 'vitest';
import { type CutProxy, startCutProxy } from '../../scripts/test/cut-proxy.ts';
import { isStoreUnavailable, openPostgres, type Store } from './connect.ts';
import { notify, type PostgresListener } from './listen.ts';

const PATIENCE = { silentMs: 200, connectMs: 300, unknownMs: 60_000, askMs: 100, idleInTransactionMs: 60_000 };
const postgres = inject('postgres');

let proxy: CutProxy;
let store: Store;

/** A store that reaches its server through a line that the test can cut. */
async function arrange(patience = PATIENCE) {
  if (postgres.kind === 'missing') throw new Error(postgres.reason);
  const url = new URL(postgres.url);
  proxy = await startCutProxy(Number(url.port));
  url.port = String(proxy.port);
  store = openPostgres(url.href, { maxConnections: 2, patience });
  await one();
}
afterEach(async () => {
  await proxy.switchTo('pass');
  await store.close();
  await proxy.close();
});

const one = async () => (await sql<{ one: number }>`select 1 as one`.execute(store.db)).rows[0]!.one;
const refusal = async () => isStoreUnavailable(await one().catch((error: unknown) => error));

test.each(['hang', 'drop', 'refuse'] as const)(
  'a server behind a line that goes to %s is unavailable, and comes back by itself',
  async (mode) => {
    await arrange();
    await proxy.switchTo(mode);
    expect(await Promise.all([refusal(), refusal(), refusal(), refusal()])).toEqual([true, true, true, true]);
    await proxy.switchTo('pass');
    await expect.poll(() => one().catch(() => 0)).toBe(1);
  },
);

test('a transaction on a line that falls silent fails, and holds no connection back', async () => {
  await arrange();
  const cut = store.db.transaction().execute(async (tx) => {
    await sql`select 1`.execute(tx);
    await proxy.switchTo('hang');
    await sql`select 2`.execute(tx);
  });
  expect(isStoreUnavailable(await cut.catch((error: unknown) => error))).toBe(true);
  await proxy.switchTo('pass');
  expect(await Promise.all([one(), one()])).toEqual([1, 1]);
});

test('a connection that a firewall forgot is given up though the server is well', async () => {
  await arrange();
  proxy.forgetConnections();
  expect(await refusal()).toBe(true);
  expect(await one()).toBe(1);
});

test('a statement that takes long is left alone while the server works on it', async () => {
  await arrange({ ...PATIENCE, connectMs: 10_000 }); // however busy the machine
  const { rows } = await sql<{ done: number }>`select 1 as done from pg_sleep(1.5)`.execute(store.db);
  expect(rows).toEqual([{ done: 1 }]);
});

test('who listens hears again after a firewall forgot its connection', async () => {
  await arrange();
  const heard: string[] = [];
  const listener: PostgresListener = store.listen!('cut_off_test', 'one', (payload) => heard.push(payload));
  await listener.open();
  proxy.forgetConnections();
  const tell = async () => {
    await notify(store.db, 'cut_off_test', 'x').catch(() => {});
    return heard.length;
  };
  await expect.poll(tell).toBeGreaterThan(0);
  await listener.close();
});

test('a process that was stopped inside a transaction loses it, and its locks with it', async () => {
  await arrange({ ...PATIENCE, idleInTransactionMs: 300 });
  const lock = sql`select pg_advisory_xact_lock(4711)`;
  const { promise: stopped, resolve: goOn } = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const first = store.db.transaction().execute(async (tx) => {
    await lock.execute(tx);
    held.resolve();
    await stopped;
    await sql`select 1`.execute(tx);
  });
  await held.promise;
  await store.db.transaction().execute((tx) => lock.execute(tx));
  goOn();
  expect(isStoreUnavailable(await first.catch((error: unknown) => error))).toBe(true);
});
