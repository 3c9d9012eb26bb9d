import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isStoreUnavailable } from './connect.ts';
import { describeStores } from './testing.ts';

describeStores('a lost connection', (makeStore) => {
  test('fails the transaction that it carried, not the process', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return; // has none to lose
    const lost = store.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]!.pid}::int4)`.execute(store.db);
      await expect.poll(async () => sql`select 1`.execute(tx).catch(() => 'lost')).toBe('lost'); // it broke between two statements
      return sql`select 1`.execute(tx);
    });
    expect(isStoreUnavailable(await lost.catch((error: unknown) => error))).toBe(true);
    expect((await sql<{ one: number }>`select 1 as one`.execute(store.db)).rows).toEqual([{ one: 1 }]);
  });
});
