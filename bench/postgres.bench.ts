import { randomBytes } from 'node:crypto';
import { startTestPostgres } from '../scripts/test/postgres.ts';
import { eventsToWebhooks, withReceiver } from './deliveries.bench.ts';
import { measureStream } from './file-stream.bench.ts';
import { type BenchInstance, startInstance } from './instance.ts';
import { startNames } from './receiver.ts';
import type { Measurement, Scenario } from './scenario.ts';

/** Two processes on one PostgreSQL that syncs at every commit, all on this machine. */
export const postgresScenarios: readonly Scenario[] = [
  { name: 'postgres deliveries', run: () => onTwoInstances((instances) => withReceiver(instances, eventsToWebhooks)) },
  { name: 'postgres stream', run: () => onTwoInstances(measureStream) },
];

async function onTwoInstances(measure: (instances: readonly BenchInstance[]) => Promise<Measurement[]>): Promise<Measurement[]> {
  const postgres = await startTestPostgres({ durable: true });
  const names = await startNames();
  const shared = { DATABASE_URL: postgres.url, HOOKLINE_MASTER_KEY: randomBytes(32).toString('base64'), ...names.variables };
  const instances = [await startInstance(shared), await startInstance(shared)];
  try {
    const measured = await measure(instances);
    return measured.map(({ name, ...figure }) => ({ name: `PostgreSQL: ${name}`, ...figure }));
  } finally {
    for (const instance of instances) await instance.stop();
    names.stop();
    await postgres.stop();
  }
}
