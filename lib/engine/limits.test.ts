import { expect, test } from 'vitest';
import { invalid } from '#lib/errors.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld } from './testing.ts';

const DAY = 24 * 60 * 60 * 1000;
const loss = (run: string, ...values: (number | 'NaN')[]) => ({
  type: 'run.metrics',
  run: { id: run },
  metrics: values.map((value, step) => ({ step, values: { loss: value } })),
});
const above0 = { filter: { metric: { name: 'loss', aggregate: 'none' as const, window: 1, is: 'above' as const, threshold: 0 } } };
const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };
const failed = (run: string) => ({ type: 'run.state', run: { id: run, state: 'failed' } });

describeStores('limits', (makeStore) => {
  test('a metric automation fires once per run in 24 hours, however many values match', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', above0);
    expect((await world.send(loss('r1', 1, 2, 3))).executions).toHaveLength(1);
    expect((await world.send(loss('r1', 4))).executions).toHaveLength(0);
    expect((await world.send(loss('r2', 4))).executions).toHaveLength(1);
    world.clock.advance(DAY - 1);
    expect((await world.send(loss('r1', 5))).executions).toHaveLength(0);
    world.clock.advance(1);
    expect((await world.send(loss('r1', 6))).executions).toHaveLength(1);
    await world.engine.stop();
    const slots = await world.db.selectFrom('firing_slots').selectAll().orderBy('fired_at').execute();
    expect(slots.map((slot) => slot.slot)).toEqual([`${world.project.id}/r2`, `${world.project.id}/r1`]);
  });

  test('a match that a slot holds back counts once, though the transaction that met it was made again', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', above0);
    await world.send(loss('r1', 1));
    const refusal = invalid('Not this one.');
    const together = [world.send(loss('r1', 2)), world.engine.ingest.apply(() => Promise.reject(refusal))];
    expect((await Promise.allSettled(together)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await world.engine.keepNotes();
    const slot = await world.db.selectFrom('firing_slots').selectAll().executeTakeFirstOrThrow();
    expect(slot.held_back).toBe(1);
  });

  test('a clock that is moved back opens no slot early', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', above0);
    expect((await world.send(loss('r1', 1))).executions).toHaveLength(1);
    world.clock.advance(-3 * DAY);
    expect((await world.send(loss('r1', 2))).executions).toHaveLength(0);
    expect((await world.send(loss('r2', 2))).executions).toHaveLength(1);
    world.clock.advance(DAY - 1);
    expect((await world.send(loss('r2', 3))).executions).toHaveLength(0);
    world.clock.advance(1);
    expect((await world.send(loss('r2', 3))).executions).toHaveLength(1);
  });

  test('batches that two processes judge at once fire once', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', above0);
    await world.send({ type: 'run.state', run: { id: 'r1', state: 'running' } });
    const other = world.newEngine('worker-2');
    const calls = Array.from({ length: 12 }, (_, i) => world.send(loss('r1', i + 1), i % 2 ? other : world.engine));
    const results = await Promise.allSettled(calls);
    expect(results.filter((result) => result.status === 'rejected')).toEqual([]);
    expect(await world.readExecutions()).toHaveLength(1);
    const progress = await world.db.selectFrom('run_progress').selectAll().executeTakeFirstOrThrow();
    expect(progress).toMatchObject({ history_lines: 12, version: 12 });
  });

  test('what two processes make at once, a run, a version or a project, is made once, and every call is taken', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', above0);
    const other = world.newEngine('worker-2');
    const send = (index: number, documents: unknown, project?: string) =>
      world.send(documents, index % 2 ? other : world.engine, ...(project ? [project] : []));
    const calls = Array.from({ length: 12 }, (_, i) => [
      send(i, [loss('new', i + 1), created, { type: 'run.state', run: { id: 'new', state: 'running' } }]),
      send(i, loss('elsewhere', 1), 'made-by-its-first-event'),
    ]).flat();
    const results = await Promise.allSettled(calls);
    expect(results.filter((result) => result.status === 'rejected')).toEqual([]);
    expect(await world.readExecutions()).toHaveLength(1);
    const versions = await world.db.selectFrom('collection_versions').select('version_index').orderBy('version_index').execute();
    expect(versions.map(({ version_index }) => version_index)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const runs = await world.db.selectFrom('run_progress').select('history_lines').execute();
    expect(runs).toEqual([{ history_lines: 12 }, { history_lines: 12 }]);
  });

  test('a run’s state fires once per state', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed', 'finished'] } });
    for (const state of ['running', 'failed', 'running', 'failed', 'finished']) {
      await world.send({ type: 'run.state', run: { id: 'r1', state } });
    }
    await world.deliverDue();
    expect((await world.readExecutions()).map((row) => row.status)).toEqual(['finished', 'finished']);
  });

  test('within the cooldown a match becomes a skipped execution that says so, and takes no slot', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('artifact.created', { cooldownSeconds: 60 });
    await world.send(created);
    world.clock.advance(59_000);
    await world.send(created);
    world.clock.advance(1000);
    await world.send(created);
    await world.deliverDue();
    const rows = await world.readExecutions();
    expect(rows.map((row) => row.status)).toEqual(['finished', 'skipped', 'finished']);
    expect(rows[1]!.reason).toContain('cooldown');
    expect(rows[1]!.due_at).toBeNull();
  });

  test('a cooldown is kept by two processes together', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] }, cooldownSeconds: 3600 });
    const other = world.newEngine('worker-2');
    for (let round = 0; round < 5; round++) {
      await Promise.all([world.send(failed(`a${round}`)), world.send(failed(`b${round}`), other)]);
      world.clock.advance(3_600_001);
    }
    const statuses = (await world.readExecutions()).map(({ status }) => (status === 'skipped' ? 'skipped' : 'fired'));
    expect(statuses.toSorted()).toEqual([...Array(5).fill('fired'), ...Array(5).fill('skipped')]);
  });

  test('the storm guard skips at most 60 rows a minute, and the last of them counts the rest', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('artifact.created', { maxFiringsPerMinute: 5 });
    await world.send(Array.from({ length: 100 }, () => created));
    await world.send(created);
    await world.deliverDue();
    const rows = await world.readExecutions();
    expect(rows.filter((row) => row.status === 'finished')).toHaveLength(5);
    const skipped = rows.filter((row) => row.status === 'skipped');
    expect(skipped).toHaveLength(60);
    expect(skipped.at(-1)!.counted).toBe(101 - 5 - 60);
    world.clock.advance(60_000);
    await world.send(created);
    await world.deliverDue();
    expect((await world.readExecutions()).at(-1)).toMatchObject({ status: 'finished' });
  });

  test('the storm guard is kept by two processes together', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] }, maxFiringsPerMinute: 1 });
    const other = world.newEngine('worker-2');
    for (let round = 0; round < 8; round++) {
      await Promise.all([world.send(failed(`a${round}`)), world.send(failed(`b${round}`), other)]);
      world.clock.advance(60_000);
    }
    const statuses = (await world.readExecutions()).map(({ status }) => (status === 'skipped' ? 'skipped' : 'fired'));
    expect(statuses.toSorted()).toEqual([...Array(8).fill('fired'), ...Array(8).fill('skipped')]);
  });

  test('two processes together keep 60 rows of what a storm skips, and count the rest', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.state', { filter: { states: ['failed'] }, maxFiringsPerMinute: 5 });
    const other = world.newEngine('worker-2');
    const storm = (letter: string) => Array.from({ length: 50 }, (_, i) => failed(`${letter}${i}`));
    await Promise.all([world.send(storm('a')), world.send(storm('b'), other)]);
    const rows = await world.readExecutions();
    const skipped = rows.filter((row) => row.status === 'skipped');
    expect([rows.length - skipped.length, skipped.length]).toEqual([5, 60]);
    expect(skipped.reduce((sum, row) => sum + (row.counted ?? 0), 0)).toBe(100 - 5 - 60);
  });

  test('a process whose clock is behind keeps the limit of the minute that another has begun', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('artifact.created', { maxFiringsPerMinute: 1 });
    for (const ms of [0, -1, 1, -1]) {
      world.clock.advance(ms);
      await world.send(created);
    }
    const countFired = async () => (await world.readExecutions()).filter(({ status }) => status !== 'skipped').length;
    expect(await countFired()).toBe(1);
    world.clock.advance(-3_600_000); // set right: nobody waits an hour for the minute to pass
    await world.send(created);
    expect(await countFired()).toBe(2);
  });

  test('a disabled integration leaves a skipped execution, and what waited for it fails', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('artifact.created');
    await world.engine.worker.stop(); // another process delivers, later
    await world.send(created);
    await world.db.updateTable('targets').set({ enabled: 0 }).where('id', '=', world.webhook.targetId).execute();
    await world.send(created);
    await world.deliverDue(world.newEngine('worker-2'));
    expect(world.sent).toEqual([]);
    expect(await world.readExecutions()).toMatchObject([
      { status: 'failed', reason: 'The integration is disabled.' },
      { status: 'skipped', reason: 'The webhook is disabled' },
    ]);
  });

  test('disabled automations do not fire, nor catch up when they are enabled', async () => {
    const world = await makeWorld(await makeStore());
    const automation = await world.automate('run.metric_threshold', { ...above0, enabled: false });
    await world.send(loss('r1', 1));
    await world.db.updateTable('automations').set({ enabled: 1, version: 2 }).where('id', '=', automation.id).execute();
    expect((await world.send(loss('r1', -1))).executions).toHaveLength(0);
    expect((await world.send(loss('r1', 1))).executions).toHaveLength(1);
  });
});
