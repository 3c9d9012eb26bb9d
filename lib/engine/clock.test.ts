import { expect, test } from 'vitest';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { takeCount } from '#lib/store/rate-counts.ts';
import { describeStores } from '#lib/store/testing.ts';
import { delivered, makeWorld, unavailable, type World } from './testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };

const statuses = async (world: World) => (await world.readExecutions()).map(({ status }) => status);

describeStores('a clock that jumps', (makeStore) => {
  test('back by an hour: what is in flight settles, what is new goes at once, and a retry goes when its time comes again', async () => {
    const held: ((outcome: DeliveryOutcome) => void)[] = [];
    const world = await makeWorld(await makeStore(), { answer: () => new Promise((resolve) => held.push(resolve)) });
    await world.automate('artifact.created');
    await world.send(created);
    await expect.poll(() => held.length).toBe(1);

    world.clock.advance(-HOUR);
    await world.engine.worker.renew();
    held[0]!(unavailable);
    await world.engine.worker.idle();
    expect(await world.readExecutions()).toMatchObject([{ status: 'pending', try: 1, due_at: world.clock.nowMs + 5000 }]);

    await world.send(created);
    await expect.poll(() => held.length).toBe(2);
    held[1]!(delivered);
    await world.engine.worker.idle();
    world.clock.advance(5000);
    await world.engine.worker.sweep();
    await expect.poll(() => held.length).toBe(3);
    held[2]!(delivered);
    await world.engine.worker.idle();
    expect(await statuses(world)).toEqual(['finished', 'finished']);
    expect(world.faults).toEqual([]);
  });

  test('forward by an hour: another process may send what is in flight once more, and one alone settles it', async () => {
    const held: ((outcome: DeliveryOutcome) => void)[] = [];
    const world = await makeWorld(await makeStore(), { answer: () => new Promise((resolve) => held.push(resolve)) });
    await world.automate('artifact.created');
    await world.send(created);
    await expect.poll(() => held.length).toBe(1);
    const other = world.newEngine('worker-2', async () => delivered);
    world.clock.advance(HOUR);
    await world.deliverDue(other);
    held[0]!(unavailable); // the first comes back to what is not its own any more
    await world.engine.worker.idle();
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', number: 2, try: 1 }]);
    expect(await world.readAttempts()).toMatchObject([{ outcome: null }, { outcome: 'delivered' }]);
  });

  test('back: a limit per minute holds no longer than two minutes', async () => {
    const world = await makeWorld(await makeStore(), { maxPerMinute: 2 });
    await world.automate('artifact.created');
    await world.send([created, created]);
    await world.deliverDue();
    world.clock.advance(-HOUR);
    await world.send([created, created]);
    await world.deliverDue();
    expect(await statuses(world)).toEqual(['finished', 'finished', 'finished', 'finished']);
  });

  test('back: the pause of a failing webhook ends with a probe at once', async () => {
    let answer = unavailable;
    const world = await makeWorld(await makeStore(), { answer: async () => answer });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    for (let minute = 0; minute < 10; minute++) {
      await world.send(created);
      await world.deliverDue();
      world.clock.advance(MINUTE);
    }
    const before = world.sent.length;
    await world.send(created);
    await world.deliverDue();
    expect(world.sent).toHaveLength(before); // paused
    world.clock.advance(-HOUR);
    answer = delivered;
    await world.send(created);
    await world.deliverDue();
    expect(world.sent).toHaveLength(before + 1);
    world.clock.advance(HOUR); // what was queued later by the clock of then
    await world.deliverDue();
    expect((await statuses(world)).filter((status) => status === 'finished')).toHaveLength(2);
  });

  test('back: who was counted to the limit is not shut out until the old hour comes', async () => {
    const { db, clock } = await makeWorld(await makeStore());
    const take = () => takeCount(db, 'sign-in:ana', 1, MINUTE, clock.nowMs);
    expect([(await take()).allowed, (await take()).allowed]).toEqual([true, false]);
    clock.advance(-HOUR);
    expect((await take()).allowed).toBe(true);
    expect(await take()).toEqual({ allowed: false, retryAfterMs: MINUTE });
  });
});
