import { expect, test } from 'vitest';
import { migrate, pendingMigrations } from './migrate.ts';
import { describeStores } from './testing.ts';

describeStores('migrations', (makeStore) => {
  test('a migrated store has nothing pending, and migrating again does nothing', async () => {
    const store = await makeStore();
    expect(await pendingMigrations(store.db)).toEqual([]);
    expect(await migrate(store)).toEqual([]);
  });

  test('two stores of one suite share nothing', async () => {
    const [one, other] = [await makeStore(), await makeStore()];
    await one.db.deleteFrom('migrations' as never).execute();
    expect((await pendingMigrations(one.db)).length).toBeGreaterThan(0);
    expect(await pendingMigrations(other.db)).toEqual([]);
  });
});
