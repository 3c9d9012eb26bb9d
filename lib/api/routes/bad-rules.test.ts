import { expect, test } from 'vitest';
import { openTestStore } from '#lib/store/testing.ts';
import { makeWorld } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';

const metric = (rule: object) => ({ on: 'run.metric_threshold', filter: { metric: { name: 'loss', is: 'below', threshold: 1, ...rule } } });
const change = (rule: object) => ({ on: 'run.metric_change', filter: { change: { name: 'loss', by: 'any', amount: 1, ...rule } } });
const zscore = (rule: object) => ({ on: 'run.metric_zscore', filter: { zscore: { name: 'loss', ...rule } } });
const schedule = (rule: object) => ({ on: 'schedule', filter: { schedule: { cron: '0 9 * * *', timeZone: 'UTC', ...rule } } });
const query = (filter: object) => ({ on: 'run.state', filter: { states: ['failed'], query: filter } });

/** What is wrong, where it is said, and in which words. */
const REFUSED: [object, string, RegExp][] = [
  [metric({ window: 0 }), 'filter.metric.window', /at least 1 value/],
  [metric({ window: -5 }), 'filter.metric.window', /at least 1 value/],
  [metric({ window: 1_000_000 }), 'filter.metric.window', /at most 10,000 values/],
  [metric({ window: 2.5 }), 'filter.metric.window', /whole number/],
  [metric({ threshold: 'NaN' }), 'filter.metric.threshold', /number/],
  [metric({ threshold: 'Infinity' }), 'filter.metric.threshold', /number/],
  [metric({ threshold: undefined }), 'filter.metric.threshold', /number to compare with/],
  [metric({ name: '' }), 'filter.metric.name', /Name the metric/],
  [change({ priorWindow: 0 }), 'filter.change.priorWindow', /at least 1 value/],
  [change({ amount: 0 }), 'filter.change.amount', /above 0/],
  [zscore({ window: 1 }), 'filter.zscore.window', /at least 2 values/],
  [zscore({ threshold: -1 }), 'filter.zscore.threshold', /above 0/],
  [{ on: 'artifact.alias_added', filter: { alias: 'a(?=b)' } }, 'filter.alias', /\S/],
  [{ on: 'artifact.alias_added', filter: { alias: '(production' } }, 'filter.alias', /\S/],
  [{ ...metric({}), filter: { ...metric({}).filter, run: { name: '(a+)+\\1' } } }, 'filter.run.name', /\S/],
  [schedule({ cron: '0 0 30 2 *' }), 'filter.schedule.cron', /no date within five years/],
  [schedule({ cron: '61 * * * *' }), 'filter.schedule.cron', /not a cron expression/],
  [schedule({ cron: '0 9 * *' }), 'filter.schedule.cron', /five fields/],
  [schedule({ timeZone: 'Mars/Olympus' }), 'filter.schedule.timeZone', /no time zone "Mars\/Olympus"/],
  [schedule({ timeZone: '+02:00' }), 'filter.schedule.timeZone', /no time zone/],
  [query({ nme: 'x' }), 'filter.query.nme', /nme/],
  [query({ state: { $where: '1' } }), 'filter.query.state.$where', /\$where/],
  [{ on: 'run.silent', filter: { silentMinutes: 0 } }, 'filter.silentMinutes', /At least 1 minute/],
];

test('a rule that makes no sense is refused at its field, in words', async () => {
  const store = await openTestStore();
  const world = await makeWorld(store, automationRoutes);
  for (const [rule, path, words] of REFUSED) {
    const body = { name: 'Wrong', scope: { project: 'acme/vision' }, action: { nothing: true }, ...rule };
    const answer = await world.call('ana', 'POST', '/automations', JSON.parse(JSON.stringify(body)));
    const issue = answer.body.error?.issues?.find((one: { path: string[] }) => one.path.join('.') === path);
    expect([answer.status, issue?.message ?? answer.text], `${JSON.stringify(rule)}`).toEqual([400, expect.stringMatching(words)]);
  }
  for (const literal of ['1e999', '-1e999']) {
    const text = `{"name":"Wrong","scope":{"project":"acme/vision"},"on":"run.metric_threshold","filter":{"metric":{"name":"loss","is":"below","threshold":${literal}}},"action":{"nothing":true}}`;
    expect((await world.call('ana', 'POST', '/automations', text)).status, literal).toBe(400);
  }
  await store.close();
});

test('a metric that nobody has logged yet is allowed, and said to be so', async () => {
  const store = await openTestStore();
  const world = await makeWorld(store, [...automationRoutes, ...eventRoutes]);
  const rule = { name: 'Early', scope: { project: 'acme/vision' }, action: { nothing: true }, ...metric({ name: 'val/f1' }) };
  expect((await world.call('ana', 'POST', '/automations', rule)).status).toBe(201);
  const { body } = await world.call('ana', 'POST', '/automations/matches', { automation: rule });
  expect(body).toMatchObject({ events: [], problems: [], summary: 'No run here has logged val/f1 yet.' });
  await store.close();
});

test('a run that logs a metric as text, then as a number, is judged by its numbers', async () => {
  const store = await openTestStore();
  const world = await makeWorld(store, [...automationRoutes, ...eventRoutes]);
  const rule = {
    name: 'Low',
    scope: { project: 'acme/vision' },
    action: { nothing: true },
    ...metric({ aggregate: 'average', window: 2 }),
  };
  expect((await world.call('ana', 'POST', '/automations', rule)).status).toBe(201);
  const log = (loss: unknown) => ({ type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: 0, values: { loss } }] });
  const refused = await world.call('jonas', 'POST', '/projects/acme/vision/events', log('low'));
  expect(refused).toMatchObject({ status: 400, body: { error: { issues: [{ path: ['metrics', 0, 'values', 'loss'] }] } } });
  const sent = [0.2, 0.4].map((loss) => log(loss));
  expect((await world.call('jonas', 'POST', '/projects/acme/vision/events', sent)).body.executions).toHaveLength(1);
  await store.close();
});
