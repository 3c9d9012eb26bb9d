import { expect, test } from 'vitest';
import { listLines } from '#lib/store/metric-lines.ts';
import { findRun } from '#lib/store/runs.ts';
import { describeStores } from '#lib/store/testing.ts';
import { stretchToCompact } from './compactor.ts';
import { makeWorld } from './testing.ts';

const grown = (before: number, after: number, width = 10, ended = false) => stretchToCompact({ before, after, width, ended });

test('chunks are put together at every 512 lines, and their columns apart at every 8,192', () => {
  expect(grown(0, 511)).toBeNull();
  expect(grown(500, 520)).toEqual({ from: 0, to: 512, apart: false });
  expect(grown(1023, 1024)).toEqual({ from: 512, to: 1024, apart: false });
  expect(grown(8190, 8210)).toEqual({ from: 0, to: 8192, apart: true });
  expect(grown(8190, 20_000)).toEqual({ from: 0, to: 16_384, apart: true });
});

test('wide lines make shorter chunks', () => {
  expect(grown(1020, 1030, 400)).toEqual({ from: 0, to: 1024, apart: true });
  expect(grown(500, 520, 5000)).toEqual({ from: 0, to: 512, apart: true });
});

test('what is left of a run is put together at its end', () => {
  expect(grown(8200, 8200, 10, true)).toEqual({ from: 8192, to: 8200, apart: false });
  expect(grown(9000, 9000, 10, true)).toEqual({ from: 8192, to: 9000, apart: true });
  expect(grown(8192, 8192, 10, true)).toBeNull();
});

/** A batch of one line. */
const lineOf = (step: number) => ({ type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step, values: { loss: step } }] });

describeStores('compaction', (makeStore) => {
  test('a run that logs line by line has few chunks, the same lines, and fires as it did', async () => {
    const world = await makeWorld(await makeStore());
    const metric = { name: 'loss', aggregate: 'average' as const, window: 600, is: 'above' as const, threshold: 629.4 };
    await world.automate('run.metric_threshold', { filter: { metric } });
    const sent = Array.from({ length: 1000 }, (_, step) => step);
    for (let step = 0; step < 1000; step += 100) await world.send(sent.slice(step, step + 100).map(lineOf));
    const [fired] = await world.readExecutions();
    expect(fired?.event_id).toBeDefined();
    await world.engine.compactor.idle();
    const counted = () =>
      world.db
        .selectFrom('metric_chunks')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
    expect((await counted()).rows).toBe(489); // 512 lines as one, the rest as they came
    await world.send({ type: 'run.state', run: { id: 'r1', state: 'finished' } });
    await world.engine.compactor.idle();
    expect((await counted()).rows).toBe(2); // a frame and the column of "loss"
    const { run } = (await findRun(world.db, world.team.id, world.project.id, 'r1'))!;
    const lines = await listLines(world.db, { entityId: run.entityId, run: run.id }, 'history', 0, 2000);
    expect(lines.map(({ logged }) => logged.values.loss)).toEqual(sent);
  });

  test('batches that come through two processes while chunks are put together lose no line', async () => {
    const store = await makeStore();
    const world = await makeWorld(store);
    const other = store.kind === 'postgres' ? world.newEngine('worker-2') : world.engine;
    let sent = 0;
    const sendAll = async (via: typeof other) => {
      while (sent < 1100) {
        const steps = Array.from({ length: 20 }, () => sent++);
        await world.send(steps.map(lineOf), via);
      }
    };
    await world.send({ type: 'run.state', run: { id: 'r1', state: 'running' } });
    await Promise.all([sendAll(world.engine), sendAll(other), sendAll(other)]);
    await Promise.all([world.engine.compactor.idle(), other.compactor.idle()]);
    const { run } = (await findRun(world.db, world.team.id, world.project.id, 'r1'))!;
    const lines = await listLines(world.db, { entityId: run.entityId, run: run.id }, 'history', 0, 2000);
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 1100 }, (_, line) => line));
    expect(new Set(lines.map(({ logged }) => logged.step)).size).toBe(1100);
    expect(world.faults).toEqual([]);
  });

  test('a run that is deleted before its turn is left alone', async () => {
    const world = await makeWorld(await makeStore());
    const metrics = Array.from({ length: 600 }, (_, step) => ({ step, values: { loss: step } }));
    await world.send({ type: 'run.metrics', run: { id: 'r1' }, metrics });
    await world.engine.compactor.idle();
    await world.db.deleteFrom('run_progress').execute();
    const { id } = await world.db.selectFrom('runs').select('id').executeTakeFirstOrThrow();
    world.engine.compactor.note([{ entityId: world.team.id, run: id, stream: 'history', before: 600, after: 600, width: 1, ended: true }]);
    await world.engine.compactor.idle();
    expect(world.faults).toEqual([]);
  });
});
