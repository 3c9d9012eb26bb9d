import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type BenchInstance, startInstance } from './instance.ts';
import type { Scenario } from './scenario.ts';

const FIRST = 1000;
const RUNS = 3000;
const AT_ONCE = 32;
const METRICS = Array.from({ length: 10 }, (_, index) => `train/metric_${index}`);
const WINDOW = 100;
const LINES = WINDOW + 10;

/** What an open run costs in memory while ten automations hold a window of a hundred values each over its metrics. */
export const openRuns: Scenario = {
  name: 'open-runs',
  run: async () => {
    const instance = await startInstance();
    await prepare(instance);
    await open(instance, 0, FIRST);
    const before = await settled(instance);
    await open(instance, FIRST, RUNS);
    const after = await settled(instance);
    await instance.stop();
    return [
      { name: `resident memory, ${FIRST} runs open`, value: before, unit: 'MiB' },
      { name: `resident memory, ${RUNS} runs open`, value: after, unit: 'MiB' },
      { name: `memory for each open run, windows of ${WINDOW}`, value: ((after - before) * 1024) / (RUNS - FIRST), unit: 'KiB' },
    ];
  },
};

async function prepare(instance: BenchInstance): Promise<void> {
  const { team } = instance;
  await send(instance, '/api/v1/projects', { entity: team, name: 'open' });
  for (const [index, name] of METRICS.entries()) {
    const metric = { name, aggregate: 'average', window: WINDOW, is: 'above', threshold: 1e9 };
    const rule = { on: 'run.metric_threshold', filter: { metric }, action: { nothing: true } };
    await send(instance, '/api/v1/automations', { name: `rule ${index}`, scope: { project: `${team}/open` }, ...rule });
  }
}

/** The runs from one number to another, each with lines enough to fill its windows. */
async function open(instance: BenchInstance, from: number, to: number): Promise<void> {
  let next = from;
  const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }';
  const content = Array.from({ length: LINES }, (_, step) =>
    JSON.stringify({ ...Object.fromEntries(METRICS.map((metric, index) => [metric, Math.sin(step + index)])), _step: step }),
  );
  const worker = async () => {
    while (next < to) {
      const name = `r${next++}`;
      await send(instance, '/graphql', { query, variables: { input: { entityName: instance.team, modelName: 'open', name } } });
      const files = { 'wandb-history.jsonl': { offset: 0, content } };
      await send(instance, `/files/${instance.team}/open/${name}/file_stream`, { files });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

function send({ url, apiKey }: BenchInstance, path: string, body: object): Promise<void> {
  const text = JSON.stringify(body);
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { agent, method: 'POST', headers }, (response) => {
      if (response.statusCode! >= 300) reject(new Error(`${path} answered ${response.statusCode}`));
      response.resume().once('end', resolve);
    })
      .once('error', reject)
      .end(text);
  });
}

/** The least of some seconds: what is left once garbage has been collected. */
async function settled(instance: BenchInstance): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let second = 0; second < 8; second++) {
    await wait(1000);
    least = Math.min(least, instance.residentMiB());
  }
  return least;
}
