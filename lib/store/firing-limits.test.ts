import { expect, test } from 'vitest';
import { inTransaction } from './connect.ts';
import { rememberClientIds } from './events.ts';
import { takeSlots } from './firing-limits.ts';
import { describeStores } from './testing.ts';

const TEAM = 7;
const COUNT = 8000;

describeStores('what two processes come to at once', (makeStore) => {
  test('slots named in other orders: one process takes them all, the other hears that it was slower', async () => {
    const { db } = await makeStore();
    const slots = Array.from({ length: COUNT }, (_, n) => ({
      entityId: TEAM,
      automationId: 1 + (n % 3),
      slot: `run:${n}`,
      executionId: `exe_${n}`,
    }));
    const take = (own: typeof slots) => inTransaction(db, (tx) => takeSlots(tx, TEAM, own, 1000, 0));
    expect((await Promise.all([take(slots), take(slots.toReversed())])).toSorted()).toEqual([false, true]);
  });

  test('ids of events named in other orders: each is new to one of them', async () => {
    const { db } = await makeStore();
    const ids = Array.from({ length: COUNT }, (_, n) => `mine-${n}`);
    const remember = (own: string[]) => inTransaction(db, (tx) => rememberClientIds(tx, { entityId: TEAM, projectId: 1 }, own, 0));
    const known = await Promise.all([remember(ids), remember(ids.toReversed())]);
    expect(known.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([0, COUNT]);
  });
});
