import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { makeWorld, type World } from '#lib/engine/testing.ts';
import { openSqlite, type Store } from '#lib/store/connect.ts';
import { listExecutions } from '#lib/store/execution-history.ts';
import { claimExecutions, type DueTarget } from '#lib/store/executions.ts';
import { migrate } from '#lib/store/migrate.ts';
import { insertPast } from './history.ts';
import { type Measurement, percentiles, type Scenario } from './scenario.ts';

/** The pipeline on the embedded database, durable at every commit, with a receiver that answers at once. */
export const pipelineScenarios: readonly Scenario[] = [
  { name: 'pipeline', run: () => onDisk(eventsToDeliveries) },
  { name: 'metric batches', run: () => onDisk(metricBatches) },
  { name: 'automations on other metrics', run: () => onDisk(automationsOnOtherMetrics) },
  { name: 'automations elsewhere', run: () => onDisk(automationsElsewhere) },
  { name: 'long history', run: () => onDisk(longHistory) },
];

export async function onDisk(measure: (store: Store, path: string) => Promise<Measurement[]>): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-bench-'));
  const path = join(folder, 'hookline.db');
  const store = openSqlite(path);
  try {
    await migrate(store);
    return await measure(store, path);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', metadata: { accuracy: 0.91 } } };

/** Bench clocks run: leases, limits and ids are as in production. */
export async function runningWorld(store: Store): Promise<World> {
  const world = await makeWorld(store, { maxConcurrent: 64 });
  const timer = setInterval(() => {
    world.clock.nowMs = Date.now();
  }, 1);
  timer.unref();
  return world;
}

/** Many automations, as one fires 10,000 times a minute at most. */
const NOT_LIMITED = { maxFiringsPerMinute: 10_000 };

async function eventsToDeliveries(store: Store): Promise<Measurement[]> {
  const world = await runningWorld(store);
  await world.automate('run.state', { ...NOT_LIMITED, filter: { states: ['failed'] } });
  const events = 8000;
  let sentEvents = 0;
  const sender = async () => {
    while (sentEvents < events) await world.send({ type: 'run.state', run: { id: `r${++sentEvents}`, state: 'failed' } });
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: 64 }, sender));
  const accepted = performance.now() - since;
  await world.engine.worker.idle();
  const delivered = performance.now() - since;
  if (world.sent.length !== events) throw new Error(`${world.sent.length} of ${events} were delivered`);

  const backlogWorld = await runningWorld(store);
  await backlogWorld.engine.worker.stop();
  await backlogWorld.automate('artifact.created', NOT_LIMITED);
  for (let i = 0; i < 10; i++) await backlogWorld.send(Array.from({ length: 1000 }, () => created));
  const worker = backlogWorld.newEngine('worker-9');
  const backlogSince = performance.now();
  await backlogWorld.deliverDue(worker);
  const backlog = performance.now() - backlogSince;
  return [
    { name: 'single events accepted, delivering besides', value: (events / accepted) * 1000, unit: '/s' },
    { name: 'single events to settled deliveries', value: (events / delivered) * 1000, unit: '/s' },
    { name: 'deliveries over a backlog of 10,000', value: (backlogWorld.sent.length / backlog) * 1000, unit: '/s' },
  ];
}

async function metricBatches(store: Store): Promise<Measurement[]> {
  const world = await runningWorld(store);
  for (let i = 0; i < 20; i++) {
    const metric = { name: `metric-${i % 10}`, aggregate: 'average' as const, window: 5 + i, is: 'above' as const, threshold: 1e9 };
    await world.automate('run.metric_threshold', { filter: { metric } });
  }
  const lines = (step: number) =>
    Array.from({ length: 20 }, (_, line) => ({
      step: step + line,
      values: Object.fromEntries(Array.from({ length: 10 }, (_, metric) => [`metric-${metric}`, Math.random()])),
    }));
  const batches = 3000;
  let sentBatches = 0;
  const durations: number[] = [];
  const sender = async () => {
    while (sentBatches < batches) {
      const number = ++sentBatches;
      const event = { type: 'run.metrics', run: { id: `r${number % 50}` }, metrics: lines(number * 20) };
      const since = performance.now();
      await world.send(event);
      durations.push(performance.now() - since);
    }
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: 50 }, sender));
  const rate = (batches / (performance.now() - since)) * 1000;
  return [
    { name: 'batches of 20 lines of 10 metrics, 20 rules', value: rate, unit: '/s' },
    { name: 'metric values stored and judged', value: rate * 200, unit: '/s' },
    ...percentiles('one batch of fifty at once', durations),
  ];
}

const ROUNDS = 9;
const BATCHES_A_ROUND = 300;

/** Two stores in turns, in CPU time: neither what else the machine does nor what grows meanwhile counts for one of them alone. */
async function automationsOnOtherMetrics(store: Store): Promise<Measurement[]> {
  let measured: Measurement[] = [];
  await onDisk(async (other) => {
    const few = await batchesOn(store, 0);
    const many = await batchesOn(other, 9990);
    await few(); // both warm up
    await many();
    const costs: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) costs.push([await few(), await many()]);
    const middle = (which: 0 | 1) => costs.map((pair) => pair[which]).sort((a, b) => a - b)[ROUNDS >> 1]!;
    measured = [
      { name: 'a batch with 10 automations on its metric', value: middle(0), unit: 'µs of CPU' },
      { name: 'the same with 9,990 more on others', value: middle(1), unit: 'µs of CPU' },
      { name: 'ratio (at most 1.3)', value: middle(1) / middle(0), unit: '' },
    ];
    return measured;
  });
  return measured;
}

/** What a batch costs in a project with ten rules on its metric and `others` on metrics that it does not have. */
async function batchesOn(store: Store, others: number): Promise<() => Promise<number>> {
  const world = await runningWorld(store);
  const rule = (name: string) => ({
    filter: { metric: { name, aggregate: 'average' as const, window: 5, is: 'above' as const, threshold: 1e9 } },
  });
  for (let i = 0; i < 10; i++) await world.automate('run.metric_threshold', rule('metric-0'));
  for (let i = 0; i < others; i++) await world.automate('run.metric_threshold', rule(`other-${i}`));
  let step = 0;
  return async () => {
    const since = process.cpuUsage();
    for (let i = 0; i < BATCHES_A_ROUND; i++) {
      const metrics = Array.from({ length: 20 }, () => ({
        step: step++,
        values: { 'metric-0': Math.random(), 'metric-1': Math.random() },
      }));
      await world.send({ type: 'run.metrics', run: { id: 'r1' }, metrics });
    }
    const { user, system } = process.cpuUsage(since);
    return (user + system) / BATCHES_A_ROUND;
  };
}

async function automationsElsewhere(store: Store): Promise<Measurement[]> {
  const world = await runningWorld(store);
  await world.engine.worker.stop();
  await world.automate('artifact.created', NOT_LIMITED);
  const cost = async () => {
    const since = performance.now();
    for (let i = 0; i < 2000; i++) await world.send(created);
    return (performance.now() - since) / 2000;
  };
  const automateElsewhere = (from: number, to: number) =>
    sql`
    insert into automations select entity_id, ${1_000_000} + n, 'elsewhere ' || n, description, enabled, scope_kind, 'p:' || (${1000} + n % 5000),
      1000 + n % 5000, collection_id, on_type, metric_name, filter, action_kind, action, target_entity_id, target_id, cooldown_seconds,
      max_firings_per_minute, retry, version, armed_at, created_by_id, created_at, updated_at
    from automations, (with recursive c(n) as (select ${from} union all select n + 1 from c where n < ${to}) select n from c)
    where id = (select min(id) from automations)`.execute(store.db);
  await cost();
  await automateElsewhere(1, 100);
  const few = await cost();
  await automateElsewhere(101, 100_000);
  const many = await cost();
  return [
    { name: 'an event with 100 automations elsewhere', value: few * 1000, unit: 'µs' },
    { name: 'an event with 100,000 automations elsewhere', value: many * 1000, unit: 'µs' },
    { name: 'ratio (at most 1.5)', value: many / few, unit: '' },
  ];
}

async function longHistory(store: Store): Promise<Measurement[]> {
  const world = await runningWorld(store);
  await world.engine.worker.stop();
  const automation = await world.automate('artifact.created', NOT_LIMITED);
  await world.send(created);
  const target: DueTarget = { entityId: world.team.id, targetId: world.webhook.targetId, targetEntityId: world.team.id };
  const claimCost = async (worker: string) => {
    await world.send(Array.from({ length: 1000 }, () => created));
    const durations: number[] = [];
    for (let i = 0; i < 100; i++) {
      const since = performance.now();
      await claimExecutions(store.db, target, world.clock.nowMs + 1000, 8, worker);
      durations.push(performance.now() - since);
    }
    return durations;
  };
  const empty = await claimCost('w1');
  await insertPast(store.db);
  const full = await claimCost('w2');
  const filter = { ranges: [{ entityId: world.team.id }] };
  const pages: number[] = [];
  const failedPages: number[] = [];
  let before: { createdAt: number; id: string } | undefined;
  for (let page = 0; page < 1000; page++) {
    const since = performance.now();
    const items = await listExecutions(store.reader, filter, { limit: 50, before });
    pages.push(performance.now() - since);
    before = items.at(-1)!.execution;
    if (page % 10 > 0) continue;
    const failedSince = performance.now();
    await listExecutions(store.reader, { ...filter, status: 'failed', automationId: automation.id }, { limit: 50, before });
    failedPages.push(performance.now() - failedSince);
  }
  return [
    ...percentiles('a claim of 8, empty history', empty),
    ...percentiles('a claim of 8, 1,000,000 finished', full),
    { name: 'first page of 1,000,000', value: pages[0]!, unit: 'ms' },
    ...percentiles('each of the first 1,000 pages', pages),
    ...percentiles('the same, failed ones of an automation', failedPages),
  ];
}

export default { name: 'pipeline', run: () => onDisk(eventsToDeliveries) };
