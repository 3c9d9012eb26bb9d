import { expect, test } from '@playwright/test';
import { startCluster } from './cluster.ts';
import { startCountingReceiver } from './counting-receiver.ts';
import { arrangeLoad } from './load.ts';
import { postgresForTests } from './postgres.ts';

const IN_FLIGHT = 64;

interface Execution {
  status: string;
  attempts: { number: number; status?: number; error?: unknown }[];
}

test('a process that is paused beyond its lease settles nothing that another has taken over, and works again', async () => {
  test.setTimeout(180_000);
  const postgres = await postgresForTests();
  const receiver = await startCountingReceiver('paused', Math.random);
  const cluster = await startCluster({ name: 'one paused', postgresUrl: postgres.url, workers: 1 });
  try {
    const load = await arrangeLoad(cluster, receiver);
    receiver.answerAfter(3000);
    await load.send(IN_FLIGHT);
    expect(await receiver.until(() => receiver.open().length >= IN_FLIGHT, 30_000)).toBe(true);

    // Whoever took the events has most in hand; the other goes on alone.
    cluster.server.signal('SIGSTOP');
    receiver.answerAfter(null);
    const takenOver = () => [...receiver.seen.values()].some(({ at }) => at.length > 1);
    expect(await receiver.until(takenOver, 30_000), 'the lease ends, and the other takes it up').toBe(true);
    await expect.poll(() => receiver.open().length, { timeout: 30_000 }).toBe(0);
    cluster.server.signal('SIGCONT');

    await load.send(8); // it takes events and delivers again
    expect(await receiver.until(() => receiver.seen.size >= IN_FLIGHT + 8, 30_000)).toBe(true);
    const { items } = await cluster.get<{ items: { id: string; status: string }[] }>('/executions?limit=200');
    await expect.poll(async () => await unfinished(cluster.get), { timeout: 30_000 }).toEqual([]);
    expect(items).toHaveLength(IN_FLIGHT + 8);
    const executions = await Promise.all(items.map(({ id }) => cluster.get<Execution>(`/executions/${id}`)));
    const settled = executions.map(({ attempts }) => attempts.filter(({ status }) => status === 200).length);
    expect(settled, 'each was settled once, though some were sent twice').toEqual(settled.map(() => 1));
    const sentTwice = [...receiver.seen.values()].filter(({ at }) => at.length > 1);
    expect(sentTwice.length).toBeGreaterThan(0);
    expect(executions.filter(({ attempts }) => attempts.length > 1)).toHaveLength(sentTwice.length);
  } finally {
    cluster.server.signal('SIGCONT');
    await cluster.remove();
    await receiver.close();
    await postgres.stop();
  }
});

async function unfinished(get: <T>(path: string) => Promise<T>): Promise<string[]> {
  const { items } = await get<{ items: { status: string }[] }>('/executions?limit=200');
  return items.map(({ status }) => status).filter((status) => status !== 'finished');
}
