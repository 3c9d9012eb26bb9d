import { performance } from 'node:perf_hooks';
import type { World } from '#lib/engine/testing.ts';
import { listLines } from '#lib/store/metric-lines.ts';
import { readSeries } from '#lib/store/metric-series.ts';
import { onDisk, runningWorld } from './pipeline.bench.ts';
import type { Measurement, Scenario } from './scenario.ts';

const STEPS = 100_000;
const AT_ONCE = 100;
const METRICS = 10;

/** What a run costs to read that logged its 100,000 steps one by one. */
export const metricHistory: Scenario = {
  name: 'metric history',
  run: () =>
    onDisk(async (store) => {
      const world = await runningWorld(store);
      const since = performance.now();
      await logOneByOne(world);
      await world.engine.compactor.idle();
      const rate = (STEPS / (performance.now() - since)) * 1000;
      const { id } = await store.db.selectFrom('runs').select('id').executeTakeFirstOrThrow();
      const key = { entityId: world.team.id, run: id };
      const { rows } = await store.db
        .selectFrom('metric_chunks')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      const series = await timed(async () => {
        let values = 0;
        for await (const part of readSeries(store.reader, key, 'history', 'metric-3')) values += part.values.length;
        if (values !== STEPS) throw new Error(`${values} of ${STEPS} values were read`);
      });
      const lines = await timed(() => listLines(store.reader, key, 'history', STEPS / 2, 1000));
      const measured: Measurement[] = [
        { name: 'steps of 10 metrics logged one by one', value: rate, unit: '/s' },
        { name: 'rows that 100,000 steps are stored in', value: rows, unit: '' },
        { name: 'one metric of 100,000 steps read', value: series, unit: 'ms' },
        { name: '1,000 whole lines from its middle', value: lines, unit: 'ms' },
      ];
      return measured;
    }),
};

async function logOneByOne(world: World): Promise<void> {
  for (let step = 0; step < STEPS; step += AT_ONCE) {
    const sent = Array.from({ length: AT_ONCE }, (_, index) => {
      const values = Object.fromEntries(Array.from({ length: METRICS }, (_, metric) => [`metric-${metric}`, Math.random()]));
      return world.send({ type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: step + index, values }] });
    });
    await Promise.all(sent);
  }
}

/** The median of several times. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const durations: number[] = [];
  for (let round = 0; round < 9; round++) {
    const since = performance.now();
    await work();
    durations.push(performance.now() - since);
  }
  return durations.sort((a, b) => a - b)[4]!;
}
