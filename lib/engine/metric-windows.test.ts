import { expect, test } from 'vitest';
import type { Filter } from '#lib/domain/filter.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from './testing.ts';

const lines = (first: number, values: number[], name = 'loss') =>
  values.map((value, index) => ({ step: first + index, values: { [name]: value } }));
const average = (window: number, threshold: number, name = 'loss'): Filter => ({
  metric: { name, aggregate: 'average', window, is: 'above', threshold },
});
const batch = (metrics: object[]) => ({ type: 'run.metrics', run: { id: 'r1' }, metrics });

const evidence = async (world: World) => {
  const row = await world.db.selectFrom('execution_facts').selectAll().executeTakeFirstOrThrow();
  return JSON.parse(row.decision).evidence as { line: number; step: number; compared: number; windows: { current: number[] } };
};

describeStores('metric windows', (makeStore) => {
  test.each([3, 150])('a window of %i values is the same whether it slid in memory or is rebuilt from the store', async (window) => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', { filter: average(window, 9) });
    const before = Array.from({ length: window - 1 }, () => 10);
    await world.send(batch(lines(0, before)));
    const fresh = world.newEngine('worker-2'); // remembers nothing
    expect((await world.send(batch(lines(before.length, [0.5])), fresh)).executions).toHaveLength(window > 9 ? 1 : 0);
    const next = await world.send(batch(lines(before.length + 1, [100])));
    expect(next.executions).toHaveLength(window > 9 ? 0 : 1);
    const found = await evidence(world);
    expect(found.windows.current).toHaveLength(window);
    expect(found.windows.current.at(-1)).toBe(window > 9 ? 0.5 : 100);
  });

  test('windows hold values from before the automation was made, but only what comes after is judged', async () => {
    const world = await makeWorld(await makeStore());
    await world.send(batch(lines(0, [10, 10, 10, 10])));
    await world.automate('run.metric_threshold', { filter: average(5, 7) });
    expect(await world.readExecutions()).toEqual([]);
    await world.send(batch(lines(4, [0])));
    expect(await evidence(world)).toMatchObject({ line: 4, step: 4, compared: 8, windows: { current: [10, 10, 10, 10, 0] } });
  });

  test('what a refused call judged is forgotten', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', { filter: average(2, 5) });
    await world.send(batch(lines(0, [1])));
    const refused = world.send([
      batch(lines(1, [100])),
      { type: 'artifact.alias_added', artifact: { collection: 'none', version: 0 }, alias: 'x' },
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'invalid' });
    expect((await world.send(batch(lines(1, [2])))).executions).toHaveLength(0); // 1 and 2, never 100
    expect((await world.send(batch(lines(2, [9])))).executions).toHaveLength(1);
  });

  test('a metric that no key has means the system metric of that name', async () => {
    const world = await makeWorld(await makeStore());
    await world.automate('run.metric_threshold', { filter: average(1, 50, 'cpu') });
    await world.send(batch(lines(0, [90], 'system.cpu')));
    expect(await evidence(world)).toMatchObject({ metric: 'system.cpu', compared: 90 });
  });

  test('a run’s lines, summary and metrics are kept', async () => {
    const world = await makeWorld(await makeStore());
    await world.send({ type: 'run.metrics', run: { id: 'r1', config: { lr: 0.1 } }, metrics: lines(0, [1, 2, 3]) });
    await world.send({ type: 'run.metrics', run: { id: 'r1', tags: ['prod'] }, metrics: [{ step: 3, values: { acc: 'NaN' } }] });
    const run = await world.db.selectFrom('runs').selectAll().executeTakeFirstOrThrow();
    expect(run).toMatchObject({ state: 'running', config: '{"lr":0.1}', tags: '["prod"]', source: 'events' });
    const progress = await world.db.selectFrom('run_progress').selectAll().executeTakeFirstOrThrow();
    expect(progress).toMatchObject({ history_lines: 4, last_step: 3, summary: '{"loss":3,"acc":"NaN"}' });
    const metrics = await world.db.selectFrom('run_metrics').select('metric').orderBy('metric').execute();
    expect(metrics.map(({ metric }) => metric)).toEqual(['acc', 'loss']);
  });
});
