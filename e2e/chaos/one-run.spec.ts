import { expect, test } from '@playwright/test';
import { startCluster } from './cluster.ts';
import { postgresForTests } from './postgres.ts';

const PROJECT = 'chaos/line';
const RUNS = 6;
const BATCHES = 30;

interface Execution {
  id: string;
  automation: { name: string };
  title: string;
}

/** All of them match every value, by every kind of rule. */
const RULES = {
  threshold: { on: 'run.metric_threshold', filter: { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'above', threshold: 0 } } },
  average: { on: 'run.metric_threshold', filter: { metric: { name: 'loss', aggregate: 'average', window: 5, is: 'above', threshold: 0 } } },
  change: {
    on: 'run.metric_change',
    filter: { change: { name: 'loss', aggregate: 'none', window: 1, priorWindow: 1, measure: 'absolute', by: 'increase', amount: 0.1 } },
  },
  zscore: { on: 'run.metric_zscore', filter: { zscore: { name: 'loss', window: 4, direction: 'above', threshold: 0.1 } } },
  state: { on: 'run.state', filter: { states: ['running'] } },
};

test('two processes that judge the same runs at the same moment fire once for each run and automation', async () => {
  test.setTimeout(180_000);
  const postgres = await postgresForTests();
  const cluster = await startCluster({ name: 'two servers', postgresUrl: postgres.url, workers: 0, otherServers: 1 });
  try {
    await cluster.post('/projects', { entity: 'chaos', name: 'line' });
    for (const [name, rule] of Object.entries(RULES)) {
      await cluster.post('/automations', {
        name,
        scope: { project: PROJECT },
        action: { nothing: true },
        maxFiringsPerMinute: 10_000,
        ...rule,
      });
    }
    const servers = [cluster.server, cluster.otherServers[0]!];
    const runs = Array.from({ length: RUNS }, (_, index) => `run-${index}`);
    const send = async (batch: number) => {
      const events = runs.flatMap((id) => [
        { type: 'run.state', run: { id, name: id, state: 'running' } },
        { type: 'run.metrics', run: { id }, metrics: [1, 2].map((more) => ({ step: batch, values: { loss: batch + more } })) },
      ]);
      const answers = await Promise.all(
        servers.map((server) => cluster.postTo<{ executions: string[] }>(server, `/projects/${PROJECT}/events`, events)),
      );
      return answers.map(({ executions }) => executions.length);
    };
    const fired = await Promise.all(Array.from({ length: BATCHES }, (_, batch) => send(batch)));

    const { items } = await cluster.get<{ items: Execution[] }>('/executions?limit=200');
    const names = items.map(({ automation, title }) => `${automation.name} ${/run-\d+/.exec(title)![0]}`);
    expect(names.toSorted()).toEqual(
      Object.keys(RULES)
        .flatMap((rule) => runs.map((run) => `${rule} ${run}`))
        .toSorted(),
    );
    const byServer = [0, 1].map((server) => fired.reduce((sum, counts) => sum + counts[server]!, 0));
    expect(byServer[0]! + byServer[1]!, 'and each was told to whom it fired for').toBe(items.length);
  } finally {
    await cluster.remove();
    await postgres.stop();
  }
});
