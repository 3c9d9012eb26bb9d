import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { insertApiKey } from '#lib/store/api-keys.ts';
import type { Db } from '#lib/store/connect.ts';
import { insertEntity } from '#lib/store/entities.ts';
import { describeStores } from '#lib/store/testing.ts';
import { insertUser } from '#lib/store/users.ts';
import { hashApiKey, newApiKey } from './api-key.ts';
import { createApiKeyActors } from './api-key-actors.ts';

async function makeKeys(db: Db, count: number): Promise<string[]> {
  const entity = await insertEntity(db, { kind: 'user', name: 'ana', organizationId: null, createdAt: 0 });
  const account = { username: 'ana', email: null, instanceAdmin: false, serviceEntityId: null };
  const user = await insertUser(db, { ...account, entityId: entity.id, createdAt: 0 });
  const keys = Array.from({ length: count }, newApiKey);
  for (const key of keys) {
    const draft = { hash: hashApiKey(key), prefix: key.slice(0, 6), userId: user.id, name: '', createdById: user.id, createdAt: 0 };
    await insertApiKey(db, draft);
  }
  return keys;
}

const readUses = async (db: Db) => (await db.selectFrom('api_keys').select('last_used_at').execute()).map((row) => row.last_used_at);

describeStores('uses of API keys', (makeStore) => {
  test('processes that note the same keys at once, whatever their order, do not wait for each other in a circle', async () => {
    const { db } = await makeStore();
    const keys = await makeKeys(db, 100);
    const processes = [keys, keys.toReversed()].map((own) => ({ own, actors: createApiKeyActors(db, () => 1000) }));
    for (const { own, actors } of processes) for (const key of own) await actors.actorOf(key);
    await Promise.all(processes.map(({ actors }) => actors.flush()));
    expect(new Set(await readUses(db))).toEqual(new Set([1000]));
  });

  test('a use that could not be written is written the next time, and never set back', async () => {
    const { db } = await makeStore();
    let isAway = false;
    const failing: KyselyPlugin = {
      transformQuery: ({ node }) => {
        if (isAway) throw new Error('away');
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const [key] = (await makeKeys(db, 1)) as [string];
    let nowMs = 1000;
    const actors = createApiKeyActors(db.withPlugin(failing), () => nowMs);
    await actors.actorOf(key);
    isAway = true;
    await expect(actors.flush()).rejects.toThrow('away');
    isAway = false;
    await actors.flush();
    expect(await readUses(db)).toEqual([1000]);
    nowMs = 500;
    await actors.actorOf(key);
    await actors.flush();
    expect(await readUses(db)).toEqual([1000]);
  });
});
