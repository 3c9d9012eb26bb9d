import { describe, expect, test } from 'vitest';
import { cronWords } from './cron-words.ts';
import { type Described, describeAutomation, describeFilter, describeInFull } from './describe.ts';
import { AUTOMATION_EVENTS } from './event-types.ts';
import { eventLine, eventTitle } from './event-words.ts';
import { Filter } from './filter.ts';
import { metricRuleWords, numberWords, textOf } from './rule-words.ts';
import { sampleFor } from './sample-event.ts';

const automation = (on: Described['on'], filter: unknown, more: Partial<Described> = {}): Described => ({
  on,
  filter: Filter.parse(filter),
  scope: { project: 'acme/vision' },
  action: { webhook: 'deploy-hook' },
  ...more,
});
const metric = (rule: object) => automation('run.metric_threshold', { metric: { name: 'val/loss', is: 'below', threshold: 0.3, ...rule } });

describe('an automation in one line', () => {
  test.each([
    [metric({ aggregate: 'average', window: 5 }), 'When val/loss averages below 0.3 over 5 values → deploy-hook'],
    [
      metric({ aggregate: 'max', window: 3, is: 'above', threshold: 0.62 }),
      'When the highest of 3 values of val/loss is above 0.62 → deploy-hook',
    ],
    [metric({}), 'When val/loss is below 0.3 → deploy-hook'],
    [metric({ is: 'nan_or_infinite', threshold: undefined }), 'When val/loss is NaN or infinite → deploy-hook'],
    [
      automation('run.metric_change', { change: { name: 'val/mAP', aggregate: 'average', window: 10, by: 'less_than', amount: 0.01 } }),
      'When val/mAP changes by less than 1 % over its last 10 values → deploy-hook',
    ],
    [
      automation('run.metric_zscore', { zscore: { name: 'system.gpu.0.memory', direction: 'above' } }),
      'When system.gpu.0.memory is 3 σ above its last 30 values → deploy-hook',
    ],
    [
      automation('artifact.alias_added', { alias: '^production$' }, { scope: { collection: 'acme/vision/detector' } }),
      'When the alias production is added to detector → deploy-hook',
    ],
    [automation('artifact.alias_added', { alias: '^v\\d' }), 'When an alias matching ^v\\d is added → deploy-hook'],
    [automation('artifact.created', { collection: '^road-scenes$' }), 'When a new version of road-scenes is created → deploy-hook'],
    [
      automation('artifact.linked', { tag: 'eu' }, { scope: { registry: 'model' } }),
      'When a version with a tag matching eu is linked → deploy-hook',
    ],
    [
      automation('run.state', { states: ['failed'] }, { action: { slack: 'ml-alerts', severity: 'warn' } }),
      'When a run changes to Failed → #ml-alerts',
    ],
    [
      automation('run.state', { states: ['failed', 'finished'] }, { action: { nothing: true } }),
      'When a run changes to Failed or Finished → do nothing',
    ],
    [automation('run.silent', { silentMinutes: 10 }), 'When a run stops reporting for 10 min → deploy-hook'],
    [
      automation('schedule', { schedule: { cron: '0 9 * * *', timeZone: 'Europe/Berlin' } }),
      'Every day at 09:00 Europe/Berlin → deploy-hook',
    ],
    [automation('run.state', { states: ['failed'], run: { tags: ['prod'] } }), 'When a run tagged prod changes to Failed → deploy-hook'],
    [
      automation('run.metric_threshold', {
        metric: { name: 'acc', is: 'above', threshold: 0.5 },
        run: { user: 'ana' },
        query: { $and: [{ $not: { display_name: { $contains: 'fox' } } }] },
      }),
      'When acc is above 0.5 in a run by ana where not (the name contains fox) → deploy-hook',
    ],
    [
      automation('schedule', { schedule: { cron: '0 9 * * *', timeZone: 'Europe/Berlin' }, run: { group: 'g1' } }),
      'Every day at 09:00 Europe/Berlin for the runs in group g1 → deploy-hook',
    ],
  ])('%#: reads as a sentence', (described, expected) => {
    expect(textOf(describeAutomation(described))).toBe(expected);
  });

  test('names from the users’ world are marked', () => {
    expect(describeAutomation(metric({ aggregate: 'average', window: 5 }))).toContainEqual({ text: 'val/loss', strong: true, mono: true });
  });

  test.each(AUTOMATION_EVENTS)('%s: has words without any filter', (on) => {
    for (const scope of [{ project: 'acme/vision' }, { registry: 'model' }, { team: 'acme' }]) {
      expect(textOf(describeAutomation(automation(on, {}, { scope })))).toMatch(/^(When|Every|On) .* → deploy-hook$/);
    }
  });
});

test('in full it names the runs, the target and the limit', () => {
  const described = automation('run.metric_threshold', {
    metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 },
    run: { tags: ['baseline', 'a100'], name: '^[a-z]+-', minDurationSeconds: 5400 },
  });
  expect(textOf(describeInFull({ ...described, action: { webhook: 'deploy-hook', payload: {} } }))).toBe(
    'When the average of the last 5 values of val/loss is below 0.3 in a run of acme/vision tagged baseline and a100, ' +
      'whose name matches ^[a-z]+-, that ran at least 1 h 30 min, Hookline sends the payload to deploy-hook, at most once per run in 24 hours.',
  );
  expect(textOf(describeInFull(metric({})))).toBe(
    'When val/loss is below 0.3 in a run of acme/vision, Hookline sends the event to deploy-hook, at most once per run in 24 hours.',
  );
  expect(textOf(describeInFull(automation('run.state', { states: ['failed'], run: { user: 'ana' } })))).toBe(
    'When a run of acme/vision by ana changes to Failed, Hookline sends the event to deploy-hook, once per run and new state.',
  );
  expect(textOf(describeInFull(automation('schedule', { schedule: { cron: '0 9 * * *', timeZone: 'Europe/Berlin' } })))).toBe(
    'Every day at 09:00 Europe/Berlin for the runs of acme/vision, Hookline sends the event to deploy-hook.',
  );
  expect(textOf(describeInFull(automation('artifact.linked', {}, { scope: { registry: 'model' } })))).toBe(
    'When a version is linked in the registry model, Hookline sends the event to deploy-hook.',
  );
});

test('a filter is listed condition by condition', () => {
  const filter = Filter.parse({ states: ['failed'], run: { user: 'ana' }, query: { group: { $eq: 'g' } } });
  expect(describeFilter('run.state', filter).map(textOf)).toEqual(['the new state is Failed', 'runs by ana, in group g']);
});

test.each([
  [
    { change: { name: 'loss', by: 'any', measure: 'absolute', amount: 2 } },
    'loss increases or decreases by at least 2 against the value before',
  ],
  [
    { change: { name: 'loss', aggregate: 'average', window: 10, priorWindow: 50, by: 'decrease', amount: 0.125 } },
    'average of the last 10 values of loss decreases by at least 12.5 % against the 50 values before',
  ],
  [{ zscore: { name: 'loss', direction: 'below' } }, 'loss lies 3 standard deviations or more below the mean of the 30 values before'],
])('a metric rule in words: %j', (filter, expected) => {
  expect(textOf(metricRuleWords(Filter.parse(filter))!)).toBe(expected);
});

test('numbers read as people write them', () => {
  expect([0.1 + 0.2, 1234, 12_345.5, -1_234_567, 1e-9, 1e21, 0, Number.NaN].map((value) => numberWords(value))).toEqual([
    '0.3',
    '1234',
    '12,345.5',
    '-1,234,567',
    '1e-9',
    '1e+21',
    '0',
    'NaN',
  ]);
});

test.each([
  ['*/15 * * * *', 'Every 15 minutes'],
  ['*/1 * * * *', 'Every minute'],
  ['5 * * * *', 'Every hour at 5 min past'],
  ['0 9 * * 1-5', 'Every weekday at 09:00'],
  ['30 8 * * 1,thu', 'Every Monday, Thursday at 08:30'],
  ['0 0 1 * *', 'On day 1 of every month at 00:00'],
  ['0 9 1 1 *', null],
  ['0 9-17 * * *', null],
])('the schedule %s is %s', (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});

describe('events in words', () => {
  const words = (on: (typeof AUTOMATION_EVENTS)[number], filter: object = {}) => {
    const judged = { filter: Filter.parse(filter) };
    const { event, evidence } = sampleFor(on, judged);
    return [eventTitle(event, { ...judged, evidence }), eventLine(event, { ...judged, evidence })];
  };

  test.each([
    ['artifact.created', {}, 'detector:v12 created', 'ana created detector:v12 in acme/vision'],
    ['artifact.linked', {}, 'detector:v12 linked to model', 'ana linked detector:v12 to detector in registry model'],
    ['artifact.alias_added', {}, 'production on detector:v12', 'ana added the alias production to detector:v12 in acme/vision'],
    ['collection.tag_removed', {}, 'eu off detector', 'ana removed the tag eu from detector in acme/vision'],
    [
      'run.metric_threshold',
      { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } },
      'swift-fox-12, average 0.299',
      'swift-fox-12 by ana: average of the last 5 values of val/loss is below 0.3 (0.2988 at step 10,500) in acme/vision',
    ],
    [
      'run.metric_threshold',
      { metric: { name: 'loss', is: 'nan_or_infinite' } },
      'swift-fox-12, step 10,500',
      'swift-fox-12 by ana: loss is NaN or infinite (NaN at step 10,500) in acme/vision',
    ],
    ['run.state', { states: ['failed'] }, 'swift-fox-12 failed', 'swift-fox-12 by ana: failed after 2 h 59 min in acme/vision'],
    ['run.silent', {}, 'swift-fox-12 silent for 10 min', 'swift-fox-12 by ana: no value for 10 min in acme/vision'],
    ['schedule', {}, '4 runs, 1 failed', '4 runs, 1 failed from 2026-11-20 04:10 to 2026-11-21 04:10 UTC in acme/vision'],
  ] as const)('%s %j', (on, filter, title, line) => {
    expect(words(on, filter)).toEqual([title, line]);
  });

  test.each(AUTOMATION_EVENTS)('%s: has a title and a line', (on) => {
    for (const text of words(on)) expect(text.length).toBeGreaterThan(8);
  });
});
