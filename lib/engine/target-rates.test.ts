import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, START, unavailable } from './testing.ts';

const MINUTE = 60_000;
const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };
const events = (count: number) => Array.from({ length: count }, () => created);

describeStores('requests per minute', (makeStore) => {
  test('a target gets no more than its limit; the rest keep their tries and go when the minute is over', async () => {
    const world = await makeWorld(await makeStore(), { maxConcurrent: 2, maxPerMinute: 5 });
    await world.automate('artifact.created');
    await world.send(events(12));
    await world.deliverDue();
    expect(world.sent).toHaveLength(5);
    const waiting = (await world.readExecutions()).filter((row) => row.status === 'pending');
    expect(waiting.map((row) => [row.number, row.try])).toEqual(Array.from({ length: 7 }, () => [0, 0]));

    world.clock.advance(MINUTE - 1);
    await world.deliverDue();
    expect(world.sent).toHaveLength(5);
    world.clock.advance(1);
    world.engine.worker.tick();
    await world.engine.worker.idle();
    expect(world.sent).toHaveLength(10);
    world.clock.advance(MINUTE);
    world.engine.worker.tick();
    await world.engine.worker.idle();
    expect((await world.readExecutions()).map((row) => row.status)).toEqual(Array.from({ length: 12 }, () => 'finished'));
  });

  test('while the limit holds, the worker sleeps until the minute is over', async () => {
    const world = await makeWorld(await makeStore(), { maxPerMinute: 1 });
    await world.automate('artifact.created');
    await world.send(events(3));
    await world.deliverDue();
    world.clock.advance(10_000);
    expect(world.engine.worker.tick()).toBe(START + MINUTE);
    expect(world.engine.worker.inFlight).toBe(0);
  });

  test('each retry is a request and counts', async () => {
    const world = await makeWorld(await makeStore(), { maxPerMinute: 2, answer: async () => unavailable });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0, 5, 10] } });
    await world.send(created);
    await world.deliverDue();
    world.clock.advance(6000);
    await world.deliverDue();
    expect(world.sent).toHaveLength(2);
    world.clock.advance(30_000);
    await world.deliverDue();
    expect(world.sent).toHaveLength(2);
    world.clock.nowMs = START + MINUTE;
    await world.deliverDue();
    expect(world.sent).toHaveLength(3);
  });

  test('one limit for all processes and for every entity that uses the target', async () => {
    const store = await makeStore();
    const world = await makeWorld(store, { maxPerMinute: 6 });
    await world.automate('artifact.created');
    await world.automate('artifact.created', { scope: { kind: 'organization', entityId: world.organization.id } });
    await world.engine.worker.stop();
    const workers = [world.newEngine('worker-2'), ...(store.kind === 'postgres' ? [world.newEngine('worker-3')] : [])];
    await world.send(events(10));
    await Promise.all(workers.map((engine) => world.deliverDue(engine)));
    expect(world.sent).toHaveLength(6);
    world.clock.advance(MINUTE);
    await Promise.all(workers.map((engine) => world.deliverDue(engine)));
    expect(world.sent).toHaveLength(12);
    expect(world.faults).toEqual([]);
  });
});
