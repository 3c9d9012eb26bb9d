import { expect, test } from 'vitest';
import type { StreamParts } from '#lib/domain/run-stream.ts';
import { listLines } from '#lib/store/metric-lines.ts';
import { findRun } from '#lib/store/runs.ts';
import { describeStores } from '#lib/store/testing.ts';
import { ANA, makeWorld, type World } from './testing.ts';

const history = (firstLine: number, values: number[]): StreamParts => ({
  history: { firstLine, lines: values.map((value, index) => ({ step: firstLine + index, values: { loss: value } })), lastText: '{}' },
});

/** A world with the run r1 and an automation that fires where the sum of five values in a row is above its limit. */
async function makeStreamWorld(world: World) {
  const place = {
    entityId: world.team.id,
    entity: world.team.name,
    projectId: world.project.id,
    project: 'vision',
    isRegistry: false,
  };
  await world.send({ type: 'run.state', run: { id: 'r1', state: 'running' } });
  const take = (parts: StreamParts) => world.engine.ingest.ingestStream({ ...parts, sender: ANA, place, runId: 'r1' });
  const read = async () => (await findRun(world.db, world.team.id, world.project.id, 'r1'))!;
  const lines = async () => {
    const { run } = await read();
    const stored = await listLines(world.db, { entityId: world.team.id, run: run.id }, 'history', 0, 1000);
    return stored.map(({ line, logged }) => [line, logged.values.loss]);
  };
  return { ...world, take, read, lines };
}

const above = (threshold: number, window = 1) => ({
  filter: { metric: { name: 'loss', aggregate: 'average', window, is: 'above', threshold } as const },
});

describeStores('the file stream', (makeStore) => {
  test('a body that is sent again changes nothing and fires nothing again', async () => {
    const world = await makeStreamWorld(await makeWorld(await makeStore()));
    await world.automate('run.metric_threshold', above(9));
    await world.take(history(0, [1, 2, 10]));
    await world.take(history(0, [1, 2, 10]));
    await world.take(history(1, [2, 10, 3]));
    expect(await world.lines()).toEqual([
      [0, 1],
      [1, 2],
      [2, 10],
      [3, 3],
    ]);
    expect((await world.read()).progress.historyLines).toBe(4);
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('bodies in any order end in the same lines, and each value is judged once', async () => {
    const world = await makeStreamWorld(await makeWorld(await makeStore()));
    await world.automate('run.metric_threshold', above(9));
    await world.take(history(2, [3, 4]));
    expect((await world.read()).progress.historyLines).toBe(4);
    expect(await world.readExecutions()).toEqual([]);
    await world.take(history(0, [1, 10]));
    expect(await world.lines()).toEqual([
      [0, 1],
      [1, 10],
      [2, 3],
      [3, 4],
    ]);
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('a line sent again with another value replaces it, and windows see the new value', async () => {
    const world = await makeStreamWorld(await makeWorld(await makeStore()));
    await world.take(history(0, [1, 1, 1]));
    await world.automate('run.metric_threshold', above(5, 4));
    await world.take(history(1, [20]));
    await world.take(history(3, [1]));
    expect(await world.lines()).toEqual([
      [0, 1],
      [1, 20],
      [2, 1],
      [3, 1],
    ]);
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('a run ends with its exit code, and a killed or preempted one as such', async () => {
    const world = await makeStreamWorld(await makeWorld(await makeStore()));
    await world.automate('run.state', { filter: { states: ['failed'] } });
    expect(await world.take({ exitCode: 3 })).toEqual({ kind: 'taken', stopRequested: false });
    expect((await world.read()).run).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(await world.readExecutions()).toHaveLength(1);
    await world.take({ exitCode: 0 });
    expect((await world.read()).run).toMatchObject({ state: 'failed', exitCode: 3 });
  });

  test('system metrics are judged by their short name too', async () => {
    const world = await makeStreamWorld(await makeWorld(await makeStore()));
    await world.automate('run.metric_threshold', {
      filter: { metric: { name: 'cpu', aggregate: 'none', window: 1, is: 'above', threshold: 90 } },
    });
    await world.take({ system: { firstLine: 0, lines: [{ step: 0, values: { 'system.cpu': 95 } }], lastText: '{}' } });
    expect(await world.readExecutions()).toHaveLength(1);
  });

  test('console lines can be written again, and a run that is not there is an answer', async () => {
    const world = await makeStreamWorld(await makeWorld(await makeStore()));
    const line = (content: string) => ({ at: null, level: null, label: null, content });
    await world.take({ console: { firstLine: 0, lines: [line('10 %'), line('done')] } });
    await world.take({ console: { firstLine: 0, lines: [line('100 %')] } });
    const rows = await world.db.selectFrom('console_lines').select('content').orderBy('number').execute();
    expect(rows.map(({ content }) => content)).toEqual(['100 %', 'done']);
    const place = { entityId: world.team.id, entity: world.team.name, projectId: world.project.id, project: 'vision', isRegistry: false };
    expect(await world.engine.ingest.ingestStream({ sender: ANA, place, runId: 'none' })).toEqual({ kind: 'no_such_run' });
  });
});
