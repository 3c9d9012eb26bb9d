import { afterAll, describe, inject, test } from 'vitest';
import type { Store } from './connect.ts';
import { cloneTemplate, openCitusSchema, openTestSqlite, type TestStore } from './testing-databases.ts';

/** Opens a migrated, empty store of its own; closed and dropped after the suite. */
export type MakeStore = () => Promise<Store>;

/** The same suite on SQLite and PostgreSQL, and on Citus where TEST_CITUS_URL names a coordinator. */
export function describeStores(name: string, suite: (makeStore: MakeStore) => void): void {
  describeStore(`${name} on SQLite`, openTestSqlite, suite);
  const postgres = inject('postgres');
  if (postgres.kind === 'running') describeStore(`${name} on PostgreSQL`, () => cloneTemplate(postgres.url), suite);
  else missingPostgres(name, postgres.reason);
  const citus = process.env.TEST_CITUS_URL;
  if (citus) describeStore(`${name} on Citus`, () => openCitusSchema(citus), suite);
}

const users = new WeakMap<Store, (() => Promise<void>)[]>();

/** What a test has set up over its store, and what goes on by itself there, is ended before the store is closed. */
export function endBeforeStore(store: Store, end: () => Promise<void>): void {
  users.set(store, [...(users.get(store) ?? []), end]);
}

function describeStore(name: string, open: () => Promise<TestStore>, suite: (makeStore: MakeStore) => void): void {
  describe(name, () => {
    const opened: TestStore[] = [];
    afterAll(async () => {
      for (const { store } of opened) {
        for (const end of users.get(store) ?? []) await end();
        await store.close();
      }
      for (const { drop } of opened) await drop();
    });
    suite(async () => {
      const next = await open();
      opened.push(next);
      return next.store;
    });
  });
}

/** In CI a red test; elsewhere the run has already said loudly that PostgreSQL is missing. */
function missingPostgres(name: string, reason: string): void {
  test.runIf(process.env.CI)(`${name} on PostgreSQL`, () => {
    throw new Error(`PostgreSQL could not run: ${reason}`);
  });
}

/** One store outside `describeStores`, for suites in which the database is not the point. The caller closes it. */
export async function openTestStore(): Promise<Store> {
  return (await openTestSqlite()).store;
}
