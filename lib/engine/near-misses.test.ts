import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { listNearMisses, type NearMiss } from '#lib/store/near-misses.ts';
import { describeStores } from '#lib/store/testing.ts';
import { NearMisses } from './near-misses.ts';

const missAt = (at: number): NearMiss => ({
  entityId: 7,
  automationId: 1,
  at,
  eventEntityId: 7,
  eventId: `evt_${at}`,
  eventType: 'run.state',
  subject: 'swift-fox-1',
  decision: { kind: 'skip', because: 'filter_did_not_match', clauses: [] },
});

describeStores('notes about near misses', (makeStore) => {
  test('what could not be written is written the next time, in its place', async () => {
    const { db } = await makeStore();
    let isAway = true;
    const failing: KyselyPlugin = {
      transformQuery: ({ node }) => {
        if (isAway) throw new Error('away');
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const notes = new NearMisses();
    const flaky = db.withPlugin(failing);
    notes.add(missAt(1000));
    await expect(notes.write(flaky, 1000)).rejects.toThrow('away');
    notes.add(missAt(3000));
    isAway = false;
    await notes.write(flaky, 3000);
    expect((await listNearMisses(db, 7, 1)).map(({ at }) => at)).toEqual([3000, 1000]);
    expect([notes.wants(1, 3999), notes.wants(1, 4000)]).toEqual([false, true]);
  });
});
