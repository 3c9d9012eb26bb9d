import { performance } from 'node:perf_hooks';
import type { Automation } from '#lib/domain/automation.ts';
import type { MetricThreshold } from '#lib/domain/filter.ts';
import type { Run } from '#lib/domain/run.ts';
import { stretchToCompact } from '#lib/engine/compactor.ts';
import type { World } from '#lib/engine/testing.ts';
import { ReadingThread } from '#lib/runtime/reading-thread.ts';
import { compactChunks, insertMetricChunks } from '#lib/store/metric-chunks.ts';
import { nextNumber } from '#lib/store/numbers.ts';
import { insertRunMetrics } from '#lib/store/run-metrics.ts';
import { insertRuns, newRun } from '#lib/store/runs.ts';
import { onDisk, runningWorld } from './pipeline.bench.ts';
import type { Measurement, Scenario } from './scenario.ts';

const VALUES = 1_000_000;
/** Runs side by side, lines of each batch: trainings that flush now and then, and one that logs step by step. */
const SHAPES = [
  { name: '100 runs in batches of 20', runs: 100, lines: 20 },
  { name: '1 run value by value', runs: 1, lines: 1 },
];
const LINES_A_TRANSACTION = 1000;

/** What a backtest of a million stored values of one metric costs, over the reading thread, as the server does it. */
export const backtest: Scenario = {
  name: 'backtest',
  run: async () => {
    const measured: Measurement[] = [];
    for (const shape of SHAPES) {
      measured.push(
        ...(await onDisk(async (store, path) => {
          const world = await runningWorld(store);
          await fill(world, shape);
          const thread = new ReadingThread({ kind: 'sqlite', path });
          await drain(thread, world, 'never'); // starts the thread
          const rows = [];
          for (const rule of ['never', 'always'] as const) rows.push(...(await measure(thread, world, rule, shape.name)));
          await thread.close();
          return rows;
        })),
      );
    }
    return measured;
  },
};

/** Batches as ingest stores and compacts them, without the events beside them, which no backtest of values reads. */
async function fill({ store, team, project, clock }: World, { runs, lines }: { runs: number; lines: number }): Promise<void> {
  const keys: { entityId: number; run: number }[] = [];
  for (let number = 0; number < runs; number++) {
    const id = await nextNumber(store.db, 'run');
    const made = newRun({ ...RUN, id, entityId: team.id, projectId: project.id, runId: `r${number}`, name: `r${number}` });
    const { run, progress } = made;
    await insertRuns(store.db, [{ run, progress: { ...progress, historyLines: VALUES / runs, heartbeatAt: clock.nowMs } }]);
    await insertRunMetrics(store.db, { entityId: team.id, run: run.id }, project.id, ['loss', 'val/loss', 'acc'], clock.nowMs);
    keys.push({ entityId: team.id, run: run.id });
  }
  for (let first = 0; first < VALUES / runs; ) {
    const end = Math.min(VALUES / runs, first + LINES_A_TRANSACTION);
    await store.db.transaction().execute(async (tx) => {
      for (; first < end; first += lines) {
        for (const key of keys) {
          await insertMetricChunks(tx, [{ key, stream: 'history', firstLine: first, lines: linesFrom(first, lines) }], first);
          const stretch = stretchToCompact({ before: first, after: first + lines, width: 3, ended: false });
          if (stretch) await compactChunks(tx, key, 'history', stretch);
        }
      }
    });
  }
}

const linesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, line) => ({
    step: first + line,
    values: { loss: Math.random(), 'val/loss': Math.random(), acc: Math.random() },
  }));

const RUN: Omit<Run, 'id' | 'entityId' | 'projectId' | 'runId' | 'name'> = {
  source: 'stream',
  state: 'running',
  userId: null,
  user: 'ana',
  group: null,
  jobType: null,
  tags: [],
  config: {},
  notes: '',
  details: {},
  exitCode: null,
  stopRequested: false,
  createdAt: 0,
  updatedAt: 0,
  startedAt: 0,
  finishedAt: null,
};

const RULES: Record<'never' | 'always', MetricThreshold> = {
  never: { name: 'loss', aggregate: 'average', window: 5, is: 'below', threshold: -1 },
  always: { name: 'loss', aggregate: 'average', window: 5, is: 'above', threshold: -1 },
};

function inputOf({ team, project, clock }: World, rule: 'never' | 'always') {
  const scope = { kind: 'project' as const, entityId: team.id, projectId: project.id };
  const automation: Automation = {
    entityId: team.id,
    id: 0,
    name: 'bench',
    description: '',
    enabled: true,
    scope,
    on: 'run.metric_threshold',
    filter: { metric: RULES[rule] },
    action: { kind: 'nothing' },
    cooldownSeconds: 0,
    maxFiringsPerMinute: 60,
    retry: { delaysSeconds: [0] },
    createdById: null,
    createdAt: 0,
    updatedAt: 0,
  };
  const ranges = [{ entityId: team.id, projectIds: [project.id] }];
  return { automation, ranges, since: 0, now: clock.nowMs, publicUrl: 'http://localhost' };
}

async function drain(thread: ReadingThread, world: World, rule: 'never' | 'always') {
  const since = performance.now();
  let firstMs = 0;
  let fired = 0;
  let values = 0;
  for await (const line of thread.read('backtest', inputOf(world, rule))) {
    if (line.type !== 'progress' || line.share > 0) firstMs ||= performance.now() - since;
    if (line.type === 'firing') fired++;
    if (line.type === 'done') values = line.values;
  }
  if (values !== VALUES) throw new Error(`${values} of ${VALUES} values were judged`);
  return { firstMs, ms: performance.now() - since, fired };
}

async function measure(thread: ReadingThread, world: World, rule: 'never' | 'always', shape: string): Promise<Measurement[]> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const found = [];
  for (let round = 0; round < 3; round++) found.push(await drain(thread, world, rule));
  clearInterval(timer);
  const best = found.toSorted((a, b) => a.ms - b.ms)[0]!;
  const name = `${shape}, a rule that ${rule === 'never' ? 'never fires' : 'always would'}`;
  return [
    { name: `${name}`, value: best.ms, unit: 'ms' },
    { name: `${name}, rate`, value: (VALUES / best.ms) * 1000, unit: 'values/s' },
    { name: `${name}, first result`, value: best.firstMs, unit: 'ms' },
    { name: `${name}, memory beyond`, value: (peak - before) / 2 ** 20, unit: 'MiB' },
  ];
}
