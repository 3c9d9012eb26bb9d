import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { delivered, makeWorld, unavailable, type World } from './testing.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
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

  test('a probe takes one of the slots that processes share, and gives it back', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return; // which one process holds
    let answer: () => Promise<typeof unavailable> = async () => unavailable;
    const world = await makeWorld(store, { answer: () => answer() });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    await failSteadily(world, 10);
    await world.send([created, created]);
    const slots = () => world.db.selectFrom('target_slots').selectAll().execute();
    let end: (outcome: typeof unavailable) => void = () => {};
    answer = () => new Promise((resolve) => (end = resolve));
    const before = world.sent.length;
    world.clock.nowMs = (await readTarget(world)).paused_until!;
    await world.engine.worker.sweep();
    await expect.poll(() => world.sent.length).toBe(before + 1);
    expect(await slots()).toHaveLength(1);
    end(unavailable);
    await world.engine.worker.idle();
    expect(await slots()).toEqual([]);
  });

  test('what waited goes on by itself as soon as a probe succeeds', async () => {
    let answer = unavailable;
    const world = await makeWorld(await makeStore(), { answer: async () => answer });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    await failSteadily(world, 10);
    await world.send([created, created, created]);
    answer = delivered;
    world.clock.nowMs = (await readTarget(world)).paused_until!;
    await world.deliverDue();
    expect((await world.readExecutions()).slice(-3).map((row) => row.status)).toEqual(['finished', 'finished', 'finished']);
    expect(world.news.map(({ kind }) => kind)).toEqual(['paused', 'recovered']);
  });

  test('five days of nothing but failures warn three times, then disable it: what waits fails, what fires is skipped', async () => {
    const world = await makeWorld(await makeStore(), { answer: async () => unavailable });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0, ...Array(7).fill(DAY / 1000)] } });
    await failSteadily(world, 10);
    const startedAt = (await readTarget(world)).first_failure_at!;
    await world.send(Array(20).fill(created)); // a probe every three hours of a day, and of the next day again
    for (let target = await readTarget(world); target.enabled === 1; target = await readTarget(world)) {
      world.clock.nowMs = Math.max(target.paused_until!, world.clock.nowMs + DAY / 8);
      await world.deliverDue();
    }
    expect(world.clock.nowMs - startedAt).toBeGreaterThanOrEqual(5 * DAY);
    expect(world.clock.nowMs - startedAt).toBeLessThan(5.2 * DAY);
    expect(world.news.map(({ kind }) => kind)).toEqual(['paused', 'failing', 'failing', 'failing', 'disabled']);
    const warning = { since: startedAt, disablesAt: startedAt + 5 * DAY };
    expect(world.news.slice(1, 4)).toMatchObject([warning, warning, warning]);
    expect(await readTarget(world)).toMatchObject({ disabled_reason: 'Nothing but failures for 5 days.' });
    expect(new Set((await world.readExecutions()).map((row) => row.status))).toEqual(new Set(['failed']));

    await world.send(created);
    expect((await world.readExecutions()).at(-1)).toMatchObject({ status: 'skipped' });
    expect(world.faults).toEqual([]);
  });

  test('a success on the way forgets the failures and the warnings, and says that it works again', async () => {
    let answer = unavailable;
    const world = await makeWorld(await makeStore(), { answer: async () => answer });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    const failOnce = async () => {
      await world.send(created);
      await world.deliverDue();
    };
    await failOnce();
    world.clock.advance(4.8 * DAY);
    await failOnce();
    expect(world.news.map(({ kind }) => kind)).toEqual(['failing']);
    answer = delivered;
    await failOnce();
    expect(world.news.map(({ kind }) => kind)).toEqual(['failing', 'recovered']);
    expect(await readTarget(world)).toMatchObject({ first_failure_at: null, warned: 0, warned_at: null });
    answer = unavailable;
    world.clock.advance(DAY);
    await failOnce();
    expect(await readTarget(world)).toMatchObject({ enabled: 1, first_failure_at: world.clock.nowMs });
  });

  test('Slack’s word for a closed channel is the reason that its admins read, not 410', async () => {
    const error = { code: 'slack' as const, message: 'The Slack channel is archived (is_archived).' };
    const world = await makeWorld(await makeStore(), {
      answer: async () => ({ ...unavailable, kind: 'rejected', disablesTarget: true, error }),
    });
    await world.automate('artifact.created');
    await world.send(created);
    await world.deliverDue();
    expect(await readTarget(world)).toMatchObject({ enabled: 0, disabled_reason: error.message });
    expect(world.news).toMatchObject([{ kind: 'disabled', reason: error.message }]);
  });

  test('410 disables the webhook and fails what waits for it', async () => {
    const world = await makeWorld(await makeStore(), {
      maxConcurrent: 1,
      answer: async () => ({ ...unavailable, kind: 'rejected', disablesTarget: true }),
    });
    await world.automate('artifact.created');
    await world.send([created, created]);
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
