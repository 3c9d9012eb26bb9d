import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { delivered, makeWorld, unavailable } from './testing.ts';

const failedRun = (id: string) => ({ type: 'run.state', run: { id, name: `${id}-fox`, state: 'failed' } });

describeStores('pipeline', (makeStore) => {
  test('an event becomes an execution, is sent once and recorded', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] } });
    const accepted = await world.send(failedRun('r1'));
    expect(accepted).toMatchObject({ accepted: 1, duplicates: 0 });
    expect(accepted.executions).toHaveLength(1);
    await world.deliverDue();

    expect(world.sent.map((execution) => execution.id)).toEqual(accepted.executions);
    expect(world.sent[0]).toMatchObject({
      number: 1,
      try: 1,
      event: { type: 'run.state', run: { runId: 'r1', name: 'r1-fox' }, author: 'ana' },
    });
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', number: 1, try: 1, due_at: null, worker: null }]);
    expect(await world.readAttempts()).toMatchObject([{ number: 1, try: 1, outcome: 'delivered', status: 200, duration_ms: 3 }]);
    expect(world.faults).toEqual([]);
  });

  test('a call that fails by a fault of ours costs what came together with it nothing', async () => {
    const { engine, send } = await makeWorld(await makeStore());
    const fault = new TypeError('a fault of ours');
    const [faulty, ...taken] = await Promise.allSettled([
      engine.ingest.apply(() => Promise.reject(fault)),
      send(failedRun('r1')),
      send(failedRun('r2')),
    ]);
    expect(faulty).toEqual({ status: 'rejected', reason: fault });
    expect(taken.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  test('a 503 is tried again after its delay, not before, and given up after the last try', async () => {
    const world = await makeWorld(await makeStore(), { answer: async () => unavailable });
    await world.automate('run.state', { filter: { states: ['failed'] } });
    await world.send(failedRun('r1'));
    await world.deliverDue();
    world.clock.advance(4999);
    await world.deliverDue();
    expect(world.sent).toHaveLength(1);
    world.clock.advance(1);
    await world.deliverDue();
    expect(world.sent).toHaveLength(2);
    world.clock.advance(300_000);
    await world.deliverDue();
    expect(world.sent.map((execution) => [execution.number, execution.try])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(await world.readExecutions()).toMatchObject([{ status: 'failed', reason: 'The receiver answered 503.', due_at: null }]);
  });

  test('a refused connection is tried again at once, once, in the same try', async () => {
    const refused = { ...unavailable, response: undefined, refusedQuickly: true } as typeof unavailable;
    const world = await makeWorld(await makeStore(), { answer: async () => refused });
    await world.automate('run.state', { filter: { states: ['failed'] } });
    await world.send(failedRun('r1'));
    await world.deliverDue();
    await world.deliverDue();
    expect(world.sent.map((execution) => [execution.number, execution.try])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(await world.readExecutions()).toMatchObject([{ status: 'pending', try: 1, number: 2 }]);
  });

  test('a database that was away when the target was to be read costs no try', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    let isAway = true;
    const world = await makeWorld(await makeStore(), { answer: async () => (isAway ? Promise.reject(away) : delivered) });
    await world.automate('run.state', { filter: { states: ['failed'] }, retry: { delaysSeconds: [0] } });
    await world.send(failedRun('r1'));
    await world.deliverDue();
    expect(await world.readExecutions()).toMatchObject([{ status: 'pending', try: 0, number: 1 }]);
    isAway = false;
    world.clock.advance(2000);
    await world.deliverDue();
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', try: 1, number: 2 }]);
  });

  test('an event sent again by its id does nothing and counts as duplicate', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', {
      filter: { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'above', threshold: 0 } },
    });
    const event = { id: 'my-1', type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: 0, values: { loss: 1 } }] };
    expect(await world.send([event, event])).toMatchObject({ accepted: 1, duplicates: 1 });
    expect(await world.send(event)).toEqual({ accepted: 0, duplicates: 1, executions: [] });
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('a batch that cannot be applied whole is refused whole, naming the place', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('artifact.created');
    const refused = world.send([
      { id: 'kept-free', type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } },
      { type: 'artifact.alias_added', artifact: { collection: 'detector', version: 7 }, alias: 'production' },
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'invalid', issues: [{ path: [1, 'artifact', 'version'] }] });
    expect(await world.db.selectFrom('collections').selectAll().execute()).toEqual([]);
    expect(await world.readExecutions()).toEqual([]);
    expect(
      await world.send({ id: 'kept-free', type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } }),
    ).toMatchObject({ accepted: 1 });
  });

  test('calls that arrive together share a transaction, and a refused one does not harm the others', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] } });
    const results = await Promise.allSettled([
      world.send(failedRun('r1')),
      world.send({ type: 'artifact.alias_added', artifact: { collection: 'none', version: 0 }, alias: 'x' }),
      world.send(failedRun('r2')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await world.readExecutions()).toHaveLength(2);
  });

  test('a refused call harms no other, though all are about one run', async () => {
    const world = await makeWorld(await makeStore());
    const metric = { name: 'loss', aggregate: 'average' as const, window: 2, is: 'above' as const, threshold: 0 };
    await world.automate('run.metric_threshold', { filter: { metric } });
    await world.send({ type: 'run.state', run: { id: 'r1', state: 'running' } });
    const batch = (step: number) => ({ type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step, values: { loss: 1, [`m${step}`]: 1 } }] });
    const refused = { type: 'artifact.alias_added', artifact: { collection: 'none', version: 0 }, alias: 'x' };
    const sent = [...Array.from({ length: 40 }, (_, step) => world.send(batch(step))), world.send(refused)];
    const results = await Promise.allSettled(sent);
    expect(results.map(({ status }) => status)).toEqual([...Array(40).fill('fulfilled'), 'rejected']);
    expect(await world.readExecutions()).toHaveLength(1);
    const progress = await world.db.selectFrom('run_progress').selectAll().executeTakeFirstOrThrow();
    expect(progress).toMatchObject({ history_lines: 40 });
  });

  test('doing nothing finishes at once, without attempts', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] }, action: { kind: 'nothing' } });
    await world.send(failedRun('r1'));
    await world.deliverDue();
    expect(world.sent).toEqual([]);
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', number: 0 }]);
  });

  test('what finds its target busy with another entity’s executions goes when those let go', async () => {
    const held: (() => void)[] = [];
    const answer = () => new Promise<typeof delivered>((resolve) => held.push(() => resolve(delivered)));
    const world = await makeWorld(await makeStore(), { maxConcurrent: 1, answer });
    await world.automate('run.state', { filter: { states: ['failed'] } });
    await world.automate('run.state', {
      filter: { states: ['failed'] },
      scope: { kind: 'organization', entityId: world.organization.id },
    });
    expect((await world.send(failedRun('r1'))).executions).toHaveLength(2);
    await expect.poll(() => held.length).toBe(1);
    held[0]!();
    await expect.poll(() => held.length).toBe(2);
    held[1]!();
    await expect.poll(async () => (await world.readExecutions()).map(({ status }) => status)).toEqual(['finished', 'finished']);
    await world.engine.worker.idle();
  });

  test('an execution whose worker died is taken over when its lease runs out, and not before', async () => {
    const store = await makeStore();
    let release!: () => void;
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = await makeWorld(store, {
      answer: async () => {
        await hanging;
        return delivered;
      },
    });
    await world.automate('run.state', { filter: { states: ['failed'] } });
    await world.send(failedRun('r1'));
    await expect.poll(() => world.sent.length).toBe(1);

    const second = world.newEngine('worker-2', async () => delivered);
    world.clock.advance(9999);
    await world.deliverDue(second);
    expect(world.sent).toHaveLength(1);
    world.clock.advance(2);
    await world.deliverDue(second);
    expect(world.sent.map((execution) => [execution.number, execution.try])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', number: 2 }]);

    release(); // the first worker was only slow: what it settles now is not its own any more
    await world.engine.worker.idle();
    expect(await world.readAttempts()).toMatchObject([
      { number: 1, outcome: null },
      { number: 2, outcome: 'delivered' },
    ]);
  });

  test('a lease that is renewed is not taken over', async () => {
    let release!: () => void;
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = await makeWorld(await makeStore(), {
      answer: async () => {
        await hanging;
        return delivered;
      },
    });
    await world.automate('run.state', { filter: { states: ['failed'] } });
    await world.send(failedRun('r1'));
    await expect.poll(() => world.sent.length).toBe(1);
    const second = world.newEngine('worker-2', async () => delivered);
    for (let i = 0; i < 10; i++) {
      world.clock.advance(2000);
      await world.engine.worker.renew();
      await world.deliverDue(second);
    }
    expect(world.sent).toHaveLength(1);
    release();
    await world.engine.worker.idle();
    expect(await world.readExecutions()).toMatchObject([{ status: 'finished', number: 1 }]);
  });

  test('a receiver that hangs holds up only itself, and never more than it allows', async () => {
    const world = await makeWorld(await makeStore(), {
      answer: (execution) =>
        'target' in execution.action && execution.action.target.targetId === slow.targetId
          ? new Promise(() => {})
          : Promise.resolve(delivered),
    });
    const slow = await world.insertWebhook(world.team.id, 2);
    const healthy = await world.insertWebhook();
    await world.automate('artifact.created', {
      maxFiringsPerMinute: 10_000,
      action: { kind: 'webhook', target: slow, template: null, templateForm: 'json' },
    });
    await world.automate('artifact.created', {
      maxFiringsPerMinute: 10_000,
      action: { kind: 'webhook', target: healthy, template: null, templateForm: 'json' },
    });
    const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };
    await world.send(Array.from({ length: 50 }, () => created));
    await expect.poll(async () => (await world.readExecutions()).filter((row) => row.status === 'finished').length).toBe(50);
    const rows = await world.readExecutions();
    expect(rows.filter((row) => row.target_id === healthy.targetId && row.status === 'finished')).toHaveLength(50);
    expect(rows.filter((row) => row.target_id === slow.targetId && row.status === 'running')).toHaveLength(2);
  });
});
