import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSqlite } from '#lib/store/connect.ts';
import { type BenchClient, openClient } from './client.ts';
import { burst, settled, withReceiver } from './deliveries.bench.ts';
import { insertPast } from './history.ts';
import { startInstance } from './instance.ts';
import { startNames } from './receiver.ts';
import { type Measurement, percentile, type Scenario } from './scenario.ts';

const ROUNDS = 200;
const PAGES = 1000;

/** The executions' list as the dashboard and scripts read it, over a million rows. */
export const longList: Scenario = {
  name: 'long list',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookline-bench-'));
    const at = { HOOKLINE_DATA_DIR: folder };
    try {
      await deliverSome(at);
      const store = openSqlite(join(folder, 'hookline.db'));
      await insertPast(store.db);
      await store.close();
      const old = await startInstance(at);
      const client = openClient(old, 1);
      const measured = await readPages(client);
      await client.close();
      await old.stop();
      return measured;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Those after whose pattern the others are made. */
async function deliverSome(at: Record<string, string>): Promise<void> {
  const names = await startNames();
  const young = await startInstance({ ...at, ...names.variables });
  await withReceiver([young], async (line) => {
    await burst(line, 'hook', 0.1);
    await settled(line.clients[0]!);
    return [];
  });
  await young.stop();
  names.stop();
}

interface Page {
  items: unknown[];
  next?: string;
}

async function readPages(client: BenchClient): Promise<Measurement[]> {
  const path = (after?: string) => `/api/v1/executions?limit=50${after === undefined ? '' : `&after=${after}`}`;
  const first = await timesOf(client, path());
  let after: string | undefined;
  for (let page = 1; page < PAGES; page++) after = (await client.get<Page>(path(after))).next!;
  const thousandth = await timesOf(client, path(after));
  const failed = await timesOf(client, '/api/v1/executions?limit=50&status=failed');
  return [
    { name: 'first page of a million executions, 95 %', value: percentile(first, 0.95), unit: 'ms' },
    { name: 'thousandth page, 95 %', value: percentile(thousandth, 0.95), unit: 'ms' },
    { name: 'first page of the failed ones, 95 %', value: percentile(failed, 0.95), unit: 'ms' },
  ];
}

async function timesOf(client: BenchClient, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const since = performance.now();
    await client.get(path);
    times.push(performance.now() - since);
  }
  return times;
}
