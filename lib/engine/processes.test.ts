import { type KyselyPlugin, sql } from 'kysely';
import { expect, test } from 'vitest';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { inTransaction, type Store } from '#lib/store/connect.ts';
import { findDeliveryTargets } from '#lib/store/delivery-targets.ts';
import { takeTargetSlots } from '#lib/store/target-slots.ts';
import { describeStores } from '#lib/store/testing.ts';
import { claimForLanes } from './claim.ts';
import type { ExecutionsChanged } from './publish.ts';
import { delivered, makeWorld } from './testing.ts';

const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };

/** A receiver that answers when the test says so. */
function heldReceiver() {
  const held: ((outcome: DeliveryOutcome) => void)[] = [];
  return { answer: () => new Promise<DeliveryOutcome>((resolve) => held.push(resolve)), held };
}

/** A store that is slow: what it has read is handed over when the test says so. */
function heldReads(store: Store) {
  const held = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  let holding = false;
  const slow: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (holding) {
        held.resolve();
        await letGo.promise;
      }
      return result;
    },
  };
  return {
    store: { ...store, db: store.db.withPlugin(slow) },
    hold: () => {
      holding = true;
    },
    held: held.promise,
    letGo: letGo.resolve,
  };
}

describeStores('several processes', (makeStore) => {
  test('a webhook used by two processes keeps its one limit', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return; // which one process holds
    const receiver = heldReceiver();
    const world = await makeWorld(store, { maxConcurrent: 4, answer: receiver.answer });
    await world.automate('artifact.created');
    const other = world.newEngine('worker-2', receiver.answer);
    await world.send(Array.from({ length: 20 }, () => created));
    await other.worker.sweep();
    await expect.poll(() => receiver.held.length).toBe(4);
    for (let answered = 0; answered < 20; ) {
      for (const answer of receiver.held.splice(0)) {
        answer(delivered);
        answered++;
      }
      const running = (await world.readExecutions()).filter((row) => row.status === 'running');
      expect(running.length).toBeLessThanOrEqual(4);
      world.clock.advance(250);
      world.engine.worker.tick();
      other.worker.tick();
    }
    await expect.poll(async () => (await world.readExecutions()).every((row) => row.status === 'finished')).toBe(true);
    expect(world.sent).toHaveLength(20);
    await world.engine.worker.idle();
    await other.worker.idle();
    expect(await world.db.selectFrom('target_slots').selectAll().execute()).toEqual([]);
  });

  test('a process that is woken for what another has taken writes nothing', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return;
    const receiver = heldReceiver();
    const world = await makeWorld(store, { maxConcurrent: 4, answer: receiver.answer });
    await world.automate('artifact.created');
    await world.send(created);
    await expect.poll(() => receiver.held.length).toBe(1);
    const { targetId } = world.webhook;
    const lane = { entityId: world.team.id, targetId, targetEntityId: world.team.id, inFlight: 0 };
    await inTransaction(store.db, async (tx) => {
      const [claimed] = await claimForLanes(tx, [lane], 'worker-2', world.clock.nowMs);
      expect(claimed).toMatchObject({ executions: [], drained: true });
      const { rows } = await sql<{ id: string | null }>`select pg_current_xact_id_if_assigned()::text as id`.execute(tx);
      expect(rows).toEqual([{ id: null }]);
    });
    receiver.held[0]!(delivered);
    await world.engine.worker.idle();
  });

  test('two processes that take slots at the same time do not wait for each other', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return;
    const world = await makeWorld(store, { maxConcurrent: 8 });
    const target = (await findDeliveryTargets(store.db, [{ entityId: world.team.id, targetId: world.webhook.targetId }])).get(
      world.webhook.targetId,
    )!;
    await inTransaction(store.db, async (first) => {
      expect(await takeTargetSlots(first, target, 'worker-1', 3, world.clock.nowMs)).toBe(3);
      await inTransaction(store.db, async (second) => {
        await sql`set local lock_timeout = 2000`.execute(second);
        expect(await takeTargetSlots(second, target, 'worker-5', 3, world.clock.nowMs)).toBe(3);
      });
    });
  });

  test('what one process queues, another delivers at once and shows', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return;
    const world = await makeWorld(store);
    await world.automate('artifact.created');
    await world.engine.worker.stop(); // it only takes events
    const other = world.newEngine('worker-2');
    const seen: ExecutionsChanged[] = [];
    other.feed.subscribe((changed) => seen.push(changed));
    await other.start();
    const { executions } = await world.send(created);
    await expect.poll(() => world.sent.map((execution) => execution.id)).toEqual(executions);
    await expect.poll(() => seen.flatMap(({ ids }) => ids)).toContain(executions[0]);
    await other.stop();
    await world.engine.stop();
  });

  test('a process that stops keeps what it still sends, however slow the receiver', async () => {
    const receiver = heldReceiver();
    const world = await makeWorld(await makeStore(), { answer: receiver.answer });
    await world.automate('artifact.created');
    await world.engine.start();
    await world.send(created);
    await expect.poll(() => receiver.held.length).toBe(1);
    const leaseEnd = (await world.readExecutions())[0]!.due_at!;

    const stopped = world.engine.stop();
    world.clock.nowMs = leaseEnd - 1;
    await expect.poll(async () => (await world.readExecutions())[0]!.due_at, { timeout: 8000 }).toBeGreaterThan(leaseEnd);
    receiver.held[0]!(delivered);
    await stopped;
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', number: 1 }]);
  });

  test('a process that starts takes up at once what a dead one held, and leaves what a live one holds', async () => {
    const store = await makeStore();
    const world = await makeWorld(store, { maxConcurrent: 1, answer: () => new Promise(() => {}) });
    await world.automate('artifact.created');
    await world.send(created); // the first engine never started: nothing shows that it lives
    await expect.poll(() => world.sent.length).toBe(1);
    const receiver = heldReceiver();
    const second = world.newEngine('worker-2', receiver.answer);
    await second.start();
    await expect
      .poll(() => world.sent.map(({ number, try: tryNumber }) => [number, tryNumber]))
      .toEqual([
        [1, 1],
        [2, 1],
      ]);
    if (store.kind === 'postgres') {
      const third = world.newEngine('worker-3');
      await third.start();
      await third.stop();
      expect(world.sent).toHaveLength(2);
    }
    receiver.held[0]!(delivered);
    await expect.poll(async () => (await world.readExecutions())[0]).toMatchObject({ status: 'finished', number: 2 });
    await second.stop();
  });

  test('a process that stops waits for the turn of the clock that it is in', async () => {
    const store = await makeStore();
    const world = await makeWorld(store);
    const reads = heldReads(store);
    const engine = world.newEngine('worker-2', undefined, reads.store);
    await engine.start();
    reads.hold();
    await reads.held;
    const ends: string[] = [];
    const stopped = engine.stop().then(() => ends.push('stopped'));
    await new Promise(setImmediate);
    ends.push('let go');
    reads.letGo();
    await stopped;
    expect(ends).toEqual(['let go', 'stopped']);
    expect(world.faults).toEqual([]);
  });
});
