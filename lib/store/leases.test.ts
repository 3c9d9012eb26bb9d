import { expect, test } from 'vitest';
import { inTransaction } from './connect.ts';
import type { DeliveryTarget } from './delivery-targets.ts';
import { executionRow } from './execution-row.testing.ts';
import { LEASE_MS, renewLeases } from './executions.ts';
import { insertRows } from './insert-rows.ts';
import { type Settlement, settleExecutions } from './settle-executions.ts';
import { releaseTargetSlots, renewTargetSlots, takeTargetSlots } from './target-slots.ts';
import { describeStores } from './testing.ts';

const TEAM = 7;
const WORKER = 'worker-1';

const running = (id: string) => executionRow({ entity_id: TEAM, id, status: 'running', due_at: 1, worker: WORKER });

const delivered = (id: string): Settlement => ({
  entityId: TEAM,
  id,
  number: 1,
  status: 'finished',
  reason: null,
  dueAt: null,
  try: 1,
  secondChanceUsed: false,
  startedAt: 1,
  endedAt: 2,
});

const target = (targetId: number) => ({ entityId: TEAM, targetId, maxConcurrent: 8 }) as DeliveryTarget;

describeStores('leases', (makeStore) => {
  test('leases and slots are renewed without waiting for what is being settled, which may wait for more of them', async () => {
    const { db, kind } = await makeStore();
    if (kind === 'sqlite') return; // has one writer
    await insertRows(db, 'executions', ['exe_1', 'exe_2'].map(running));
    for (const targetId of [1, 2]) await takeTargetSlots(db, target(targetId), WORKER, 1, 0);
    await inTransaction(db, async (tx) => {
      await settleExecutions(tx, [delivered('exe_1')]);
      await releaseTargetSlots(tx, target(1), WORKER, 1);
      expect((await renewLeases(db, WORKER, 1000)).map(({ id }) => id)).toEqual(['exe_2']);
      expect(await renewTargetSlots(db, WORKER, 1000)).toEqual([{ entityId: TEAM, targetId: 2 }]);
      await settleExecutions(tx, [delivered('exe_2')]);
      await releaseTargetSlots(tx, target(2), WORKER, 1);
    });
    expect(await renewLeases(db, WORKER, 2000)).toEqual([]);
    expect(await renewTargetSlots(db, WORKER, 2000)).toEqual([]);
  });

  test('what is renewed is held for ten more seconds', async () => {
    const { db } = await makeStore();
    await insertRows(db, 'executions', ['exe_1', 'exe_2'].map(running));
    expect(await renewLeases(db, 'worker-2', 1000)).toEqual([]);
    const held = await renewLeases(db, WORKER, 1000);
    expect(held.map(({ id }) => id).toSorted()).toEqual(['exe_1', 'exe_2']);
    const rows = await db.selectFrom('executions').select('due_at').execute();
    expect(rows).toEqual([{ due_at: 1000 + LEASE_MS }, { due_at: 1000 + LEASE_MS }]);
  });
});
