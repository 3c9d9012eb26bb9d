import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { delivered, makeWorld, unavailable, type World } from './testing.ts';

const MINUTE = 60_000;
const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };

const readTarget = (world: World) =>
  world.db.selectFrom('targets').selectAll().where('id', '=', world.webhook.targetId).executeTakeFirstOrThrow();

/** One event a minute, each of which fails. */
async function failSteadily(world: World, minutes: number): Promise<void> {
  for (let i = 0; i < minutes; i++) {
    await world.send(created);
    await world.deliverDue();
    world.clock.advance(MINUTE);
  }
}

describeStores('circuit breaker', (makeStore) => {
  test('a webhook that fails steadily is paused: what waits uses no tries, one probe goes, success lets all go', async () => {
    let answer = unavailable;
    const world = await makeWorld(await makeStore(), { answer: async () => answer });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    await failSteadily(world, 10);
    const { paused_until: pausedUntil } = await readTarget(world);
    expect(pausedUntil).not.toBeNull();

    await world.send([created, created, created]);
    const before = world.sent.length;
    await world.deliverDue();
    expect(world.sent).toHaveLength(before);
    expect((await world.readExecutions()).filter((row) => row.status === 'pending').map((row) => row.try)).toEqual([0, 0, 0]);

    world.clock.nowMs = pausedUntil!;
    await world.deliverDue();
    expect(world.sent).toHaveLength(before + 1);
    const again = await readTarget(world);
    expect(again).toMatchObject({ probe_delay_ms: 4 * MINUTE });

    answer = delivered;
    world.clock.nowMs = again.paused_until!;
    await world.deliverDue();
    await world.deliverDue();
    expect(await readTarget(world)).toMatchObject({ paused_until: null, probe_delay_ms: null, first_failure_at: null });
    expect((await world.readExecutions()).slice(-2)).toMatchObject([{ status: 'finished' }, { status: 'finished' }]);
  });

  test('410 disables the webhook and fails what waits for it', async () => {
    const world = await makeWorld(await makeStore(), {
      maxConcurrent: 1,
      answer: async () => ({ ...unavailable, kind: 'rejected', disablesTarget: true }),
    });
    await world.automate('artifact.created');
    await world.send([created, created]);
    await world.deliverDue();
    await world.deliverDue();
    expect(await readTarget(world)).toMatchObject({ enabled: 0 });
    expect((await world.readExecutions()).map((row) => row.status)).toEqual(['failed', 'failed']);
    expect(await world.send(created)).toMatchObject({ executions: [expect.any(String)] });
    expect((await world.readExecutions()).at(-1)).toMatchObject({ status: 'skipped' });
  });

  test('after a success an old failure is forgotten, also by a process that did not see it', async () => {
    const world = await makeWorld(await makeStore(), { answer: async () => unavailable });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    await failSteadily(world, 1);
    expect((await readTarget(world)).first_failure_at).not.toBeNull();
    await world.engine.worker.stop();
    await world.send(created);
    await world.deliverDue(world.newEngine('worker-2', async () => delivered));
    expect((await readTarget(world)).first_failure_at).toBeNull();
  });
});
