import { startCutProxy } from '../../scripts/test/cut-proxy.ts';
import type { TestPostgres } from '../../scripts/test/postgres.ts';
import { startCluster } from './cluster.ts';
import { type CountingReceiver, startCountingReceiver } from './counting-receiver.ts';
import { arrangeLoad, type Load } from './load.ts';

export interface CutOffReport {
  accepted: number;
  lost: number;
  duplicates: number;
  /** While the database was away: answers 503, of them without Retry-After, and the longest that a caller waited for one. */
  refusals: number;
  withoutRetryAfter: number;
  slowestRefusalMs: number;
  /** What /ready said then, and how long it took. */
  readyWhileAway: { status: number; troubles: Record<string, string>; tookMs: number }[];
  /** From the return of the database to the next event that was accepted, at worst. */
  backMs: number;
}

interface CutOffOptions {
  postgres: TestPostgres;
  /** How long each cut lasts at least; it ends no sooner than somebody was refused. */
  cutMs: number;
  random: () => number;
  say?: (sentence: string) => void;
}

const PATIENCE_MS = 90_000;

/** A server and a worker lose their database in every way, while events come and webhooks go. */
export async function cutOffRun({ postgres, cutMs, random, say = () => {} }: CutOffOptions): Promise<CutOffReport> {
  const receiver = await startCountingReceiver(`cut-${Math.floor(random() * 1e9)}`, random);
  const proxy = await startCutProxy(Number(new URL(postgres.url).port));
  const cluster = await startCluster({ name: 'cut off', postgresUrl: postgres.url, viaPort: proxy.port, workers: 1 });
  const report = { readyWhileAway: [] as CutOffReport['readyWhileAway'], backMs: 0 };
  try {
    const load = await arrangeLoad(cluster, receiver);
    const running = load.run();
    await moreArrive(receiver, 50);
    for (const mode of ['hang', 'drop', 'refuse'] as const) {
      const before = load.refusals.length;
      await proxy.switchTo(mode);
      const over = performance.now() + cutMs;
      await until(() => load.refusals.length > before);
      report.readyWhileAway.push(await askReady(cluster.server.url));
      await until(() => performance.now() >= over);
      await proxy.switchTo('pass');
      report.backMs = Math.max(report.backMs, await nextAccepted(load));
      await moreArrive(receiver, 50);
      say(`${mode}: ${load.refusals.length - before} refused, ${load.accepted.size} accepted, ${receiver.requests()} arrived`);
    }
    await postgres.restart();
    report.backMs = Math.max(report.backMs, await nextAccepted(load));
    await moreArrive(receiver, 50);
    await running.stop();
    await receiver.until(() => [...load.accepted].every((n) => receiver.seen.has(n)), PATIENCE_MS);
    return { ...report, ...summarize(load, receiver) };
  } finally {
    await proxy.switchTo('pass');
    await cluster.remove();
    await proxy.close();
    await receiver.close();
  }
}

async function moreArrive(receiver: CountingReceiver, count: number): Promise<void> {
  const awaited = receiver.requests() + count;
  if (!(await receiver.until(() => receiver.requests() >= awaited, PATIENCE_MS))) throw new Error('Nothing arrives any more.');
}

async function askReady(url: string): Promise<CutOffReport['readyWhileAway'][number]> {
  const askedAt = performance.now();
  const response = await fetch(`${url}/ready`);
  const { troubles = {} } = (await response.json()) as { troubles?: Record<string, string> };
  return { status: response.status, troubles, tookMs: performance.now() - askedAt };
}

async function nextAccepted(load: Load): Promise<number> {
  const since = performance.now();
  await until(() => load.lastAcceptedAt() > since);
  return load.lastAcceptedAt() - since;
}

async function until(condition: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error(`Waited ${PATIENCE_MS} ms in vain for: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function summarize(load: Load, receiver: CountingReceiver) {
  const { accepted, refusals } = load;
  const received = [...accepted].filter((n) => receiver.seen.has(n)).length;
  return {
    accepted: accepted.size,
    lost: accepted.size - received,
    duplicates: receiver.requests() - receiver.seen.size,
    refusals: refusals.length,
    withoutRetryAfter: refusals.filter(({ retryAfter }) => retryAfter === null).length,
    slowestRefusalMs: Math.max(0, ...refusals.map(({ tookMs }) => tookMs)),
  };
}
