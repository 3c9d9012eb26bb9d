import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type BenchInstance, cpuMsOf, startInstance } from './instance.ts';
import { type Measurement, percentiles, type Scenario } from './scenario.ts';

const SECONDS = 8;
const RUNS = 64;
const LINES = 20;
const METRICS = Array.from({ length: 10 }, (_, index) => `train/metric_${index}`);
const AUTOMATIONS = 20;

/** Runs that log all at once: bodies of 20 lines with 10 metrics each, while 20 automations judge those metrics. */
export const fileStream: Scenario = {
  name: 'file-stream',
  run: async () => {
    const instance = await startInstance();
    const measured = await measureStream([instance]);
    const memory = { name: 'resident memory, 64 runs open', value: instance.residentMiB(), unit: 'MiB' };
    await instance.stop();
    return [...measured, memory];
  },
};

/** Instances on one store, each with its share of the runs. */
export async function measureStream(instances: readonly BenchInstance[]): Promise<Measurement[]> {
  await prepare(instances[0]!);
  await drive(instances, RUNS, 2, Number.POSITIVE_INFINITY); // warms up
  const cpuBefore = cpuMsOf(instances);
  const full = await drive(instances, RUNS, SECONDS, Number.POSITIVE_INFINITY);
  const cpu = cpuMsOf(instances) - cpuBefore;
  const rate = full.length / SECONDS;
  const half = await drive(instances, RUNS, SECONDS, rate / 2);
  return [
    { name: 'file stream, durable and judged', value: rate, unit: 'requests/s' },
    { name: 'file stream, metric values', value: rate * LINES * METRICS.length, unit: 'values/s' },
    { name: 'processor time of the server for each request', value: (cpu / full.length) * 1000, unit: 'µs' },
    ...percentiles('file stream', full),
    ...percentiles('file stream at half the rate', half),
  ];
}

async function call(instance: BenchInstance, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${instance.apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${instance.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

/** Half of the rules are thresholds that never hold, half look at windows of a hundred values. */
async function prepare(instance: BenchInstance): Promise<void> {
  const { team } = instance;
  await call(instance, '/api/v1/projects', { entity: team, name: 'stream' });
  for (let index = 0; index < AUTOMATIONS; index++) {
    const name = METRICS[index % METRICS.length]!;
    const long = index >= METRICS.length;
    const metric = { name, aggregate: long ? 'average' : 'none', window: long ? 100 : 1, is: 'above', threshold: 1e9 };
    await call(instance, '/api/v1/automations', {
      name: `rule ${index}`,
      scope: { project: `${team}/stream` },
      on: 'run.metric_threshold',
      filter: { metric },
      action: { nothing: true },
    });
  }
  const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }';
  for (let run = 0; run < RUNS; run++) {
    const input = { entityName: team, modelName: 'stream', name: `r${run}`, config: JSON.stringify({ lr: { value: 0.1 } }) };
    await call(instance, '/graphql', { query, variables: { input } });
  }
}

const nextLine = new Map<number, number>();

function bodyOf(run: number): string {
  const offset = nextLine.get(run) ?? 0;
  nextLine.set(run, offset + LINES);
  const content = Array.from({ length: LINES }, (_, index) => {
    const step = offset + index;
    const values = METRICS.map((metric, number) => `"${metric}":${(Math.sin(step + number) * 10).toFixed(6)}`);
    return `{${values.join(',')},"_step":${step},"_runtime":${step * 0.5},"_timestamp":${1.79e9 + step}}`;
  });
  return JSON.stringify({ files: { 'wandb-history.jsonl': { offset, content } } });
}

/** Each run sends its next body when the one before is answered; `most` a second in all. */
async function drive(instances: readonly BenchInstance[], runs: number, seconds: number, most: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: runs });
  const [{ apiKey, team }] = instances as [BenchInstance];
  const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`;
  const durations: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let sent = 0;
  const post = (run: number) =>
    new Promise<void>((resolve, reject) => {
      const body = bodyOf(run);
      const since = performance.now();
      const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const { url } = instances[run % instances.length]!;
      request(`${url}/files/${team}/stream/r${run}/file_stream`, { agent, method: 'POST', headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`the file stream answered ${response.statusCode}`));
        response.resume().once('end', () => {
          durations.push(performance.now() - since);
          resolve();
        });
      })
        .once('error', reject)
        .end(body);
    });
  const due = () => (Number.isFinite(most) ? begin + (sent++ / most) * 1000 : 0);
  await Promise.all(
    Array.from({ length: runs }, async (_, run) => {
      while (performance.now() < end) {
        const at = due() - performance.now();
        if (at > 0) await new Promise((resolve) => setTimeout(resolve, at));
        if (performance.now() < end) await post(run);
      }
    }),
  );
  agent.destroy();
  return durations;
}
