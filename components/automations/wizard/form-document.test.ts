import { describe, expect, test } from 'vitest';
import { AutomationDocument } from '#lib/domain/automation.ts';
import { USE_CASES } from '#lib/domain/use-cases.ts';
import { firstValues, type WizardStart } from './first-values.ts';
import { payloadOf, toDocument, toValues } from './form-document.ts';
import { emptyValues } from './form-values.ts';
import { startingValues } from './starting-values.ts';

const first = (start: WizardStart) => firstValues(start, startingValues(start.start));

const document = (rest: Record<string, unknown>) =>
  AutomationDocument.parse({
    name: 'A',
    scope: { project: 'acme/vision' },
    on: 'artifact.alias_added',
    action: { webhook: 'deploy-hook' },
    ...rest,
  });
const change = { name: 'loss', aggregate: 'average', window: 10, priorWindow: 50, measure: 'relative', by: 'increase', amount: 0.07 };

describe('a document comes back from the form as it went in', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an alias pattern', { filter: { alias: '^production$', tag: 'eu' } }],
    ['collections of a project that match', { filter: { collection: '^det' } }],
    ['a registry whose collections match', { scope: { registry: 'acme-org/model' }, filter: { collection: '^f' }, team: 'acme' }],
    ['a collection condition of a whole team', { scope: { team: 'acme' }, filter: { collection: 'x' } }],
    ['one collection of a registry', { scope: { registryCollection: 'acme-org/model/fraud' }, team: 'acme' }],
    [
      'a threshold',
      { on: 'run.metric_threshold', filter: { metric: { name: 'l', aggregate: 'max', window: 3, is: 'above', threshold: 0 } } },
    ],
    ['single values', { on: 'run.metric_threshold', filter: { metric: { name: 'l', is: 'above', threshold: -1.5 } } }],
    ['NaN', { on: 'run.metric_threshold', filter: { metric: { name: 'l', is: 'nan_or_infinite' } } }],
    ['7 % without rounding errors', { on: 'run.metric_change', filter: { change } }],
    ['an absolute change', { on: 'run.metric_change', filter: { change: { ...change, measure: 'absolute', amount: 12 } } }],
    ['a z-score', { on: 'run.metric_zscore', filter: { zscore: { name: 'loss', window: 12, direction: 'above', threshold: 2.5 } } }],
    ['states', { on: 'run.state', filter: { states: ['failed', 'finished'] } }],
    ['silence', { on: 'run.silent', filter: { silentMinutes: 25 } }],
    ['a schedule', { on: 'schedule', filter: { schedule: { cron: '0 9 * * 1', timeZone: 'Europe/Berlin' } } }],
    [
      'every run filter',
      {
        on: 'run.state',
        filter: {
          states: ['failed'],
          run: {
            user: 'ana',
            name: '^s',
            tags: ['a', 'b'],
            group: 'g',
            jobType: 'train',
            config: { lr: 0.1, note: 'plain', text: '5', on: true },
            minDurationSeconds: 90,
          },
        },
      },
    ],
    ['the client’s query', { on: 'run.state', filter: { states: ['failed'], query: { display_name: { $contains: 'x' } } } }],
    ['a payload as JSON', { action: { webhook: 'w', payload: { version: '${artifact_version}', n: [1, { a: null }] } } }],
    ['a payload as text', { action: { webhook: 'w', payload: '{ "value":  ${metric_value} }\n' } }],
    ['Slack', { action: { slack: 'ml', title: 'T ${run_name}', text: 'x', severity: 'error' } }],
    ['nothing', { action: { nothing: true } }],
    ['another team’s integration', { team: 'other' }],
    ['details', { description: 'Why', enabled: false, cooldownSeconds: 60, maxFiringsPerMinute: 5, retry: { delaysSeconds: [0, 9] } }],
  ])('%s', (_, rest) => {
    const before = document(rest);
    expect(withWindows(AutomationDocument.parse(toDocument(toValues(before))))).toEqual(withWindows(before));
  });

  test.each(USE_CASES.map(({ id }) => id))('the starting point %s', (id) => {
    const values = first({ start: id, scope: 'project:acme/vision' });
    const { on, filter } = USE_CASES.find((useCase) => useCase.id === id)!.start;
    const made = AutomationDocument.parse({ ...toDocument(values), action: { nothing: true } });
    const asked = document({ on, filter });
    expect([made.on, withWindows(made).filter]).toEqual([asked.on, withWindows(asked).filter]);
  });
});

/** A window says nothing without an aggregate. */
function withWindows({ filter, ...rest }: AutomationDocument) {
  const { metric } = filter;
  return {
    ...rest,
    filter: { ...filter, ...(metric && { metric: { ...metric, window: metric.aggregate === 'none' ? 1 : metric.window } }) },
  };
}

test('a payload keeps its exact text where JSON would lose something', () => {
  expect(payloadOf('{"a": 1}')).toBe('{"a": 1}');
  expect(payloadOf('{\n  "a": 1\n}\n')).toEqual({ a: 1 });
  expect(payloadOf('{\n  "2": 1,\n  "1": 2\n}')).toBe('{\n  "2": 1,\n  "1": 2\n}');
});

test('empty and half-typed numbers are left to the schema', () => {
  const values = emptyValues();
  values.on = 'run.metric_threshold';
  values.filter.metric = { name: 'loss', aggregate: 'average', window: '', is: 'below', threshold: '0,3' };
  expect(toDocument(values).filter).toEqual({ metric: { name: 'loss', aggregate: 'average', is: 'below', threshold: '0,3' } });
});

test('what a chart or a collection asks for is filled in', () => {
  const values = first({ scope: 'project:acme/vision', metric: 'val/loss', value: '0.31' });
  expect(values).toMatchObject({
    on: 'run.metric_threshold',
    scope: { kind: 'project', name: 'acme/vision' },
    team: 'acme',
    filter: { metric: { name: 'val/loss', threshold: '0.31' } },
  });
  expect(first({ scope: 'registry:acme-org/model', start: 'failed-runs' }).on).toBe('artifact.alias_added');
});
