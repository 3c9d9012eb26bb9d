import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type BenchInstance, startInstance } from './instance.ts';
import { percentiles, type Scenario } from './scenario.ts';

const SECONDS = 5;
const CONNECTIONS = 16;

/** Starting, standing still, and answering what costs nothing: the frame around every other figure. */
export const httpScenarios: readonly Scenario[] = [
  {
    name: 'start',
    run: async () => {
      await (await startInstance()).stop(); // the first start may build the pages
      const instance = await startInstance();
      const idle = { name: 'resident memory when idle', value: instance.residentMiB(), unit: 'MiB' };
      await instance.stop();
      return [{ name: 'start until /ready', value: instance.startMs, unit: 'ms' }, idle];
    },
  },
  {
    name: 'http',
    run: async () => {
      const instance = await startInstance();
      const healthz = await load(instance, '/healthz');
      const me = await load(instance, '/api/v1/me');
      await instance.stop();
      return [...report('GET /healthz', healthz), ...report('GET /api/v1/me', me)];
    },
  },
];

/** As many requests as fit, over a few connections that stay open. */
export async function load({ url, apiKey }: BenchInstance, path: string, body?: string): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const durations: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const since = performance.now();
      const method = body === undefined ? 'GET' : 'POST';
      const sent = request(`${url}${path}`, { agent, method, headers: { authorization: `Bearer ${apiKey}` } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
        response.resume().once('end', () => {
          durations.push(performance.now() - since);
          resolve();
        });
      });
      sent.once('error', reject).end(body);
    });
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) await one();
    }),
  );
  agent.destroy();
  return durations;
}

export function report(name: string, durations: readonly number[]) {
  return [{ name, value: durations.length / SECONDS, unit: 'requests/s' }, ...percentiles(name, durations)];
}
