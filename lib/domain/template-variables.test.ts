import { describe, expect, test } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { AUTOMATION_EVENTS, type AutomationEvent } from './event-types.ts';
import type { Filter } from './filter.ts';
import type { JsonValue } from './json.ts';
import { sampleFor } from './sample-event.ts';
import { parseTemplate, renderTemplate } from './template.ts';
import { VARIABLE_NAMES, valuesFor, variablesFor } from './template-variables.ts';

function sampleValues(on: AutomationEvent, filter: Filter = {}): Record<string, JsonValue> {
  const { event, evidence } = sampleFor(on, { filter });
  const automation = { id: 17, name: 'Deploy on production', on, filter };
  return valuesFor(event, { automation, executionId: 'exe_01kajf3c7v9m', publicUrl: 'https://hl.acme.example', evidence });
}

describe('values', () => {
  test('an alias on a linked version names the registry’s collection, and its source', () => {
    const { event } = sampleFor('artifact.linked');
    const aliasEvent = { ...event, type: 'artifact.alias_added' as const, alias: 'production' } as typeof event;
    const automation = { id: 17, name: 'Deploy', on: 'artifact.alias_added' as const, filter: {} };
    expect(valuesFor(aliasEvent, { automation, executionId: 'exe_1', publicUrl: 'https://hl.acme.example' })).toMatchObject({
      event_type: 'ADD_ARTIFACT_ALIAS',
      entity_name: 'acme-org',
      project_name: 'wandb-registry-model',
      artifact_version: 'wandb-artifact://_id/QXJ0aWZhY3Q6NTE3ODg5ODg3',
      artifact_version_string: 'acme-org/wandb-registry-model/detector:v3',
      artifact_version_index: 3,
      source_version_string: 'acme/vision/detector:v12',
      alias: 'production',
      artifact_url: 'https://hl.acme.example/registry/model/detector/v3?organization=acme-org',
      automation_id: 'aut_17',
      automation_url: 'https://hl.acme.example/automations/aut_17',
      timestamp: '2026-11-21T04:10:07.000Z',
    });
  });

  test('links render as LINK_ARTIFACT', () => {
    expect(sampleValues('artifact.linked').event_type).toBe('LINK_ARTIFACT');
  });

  test('a metric event gives what was compared, the window, the limit and the rule in words', () => {
    const filter: Filter = { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } };
    const values = sampleValues('run.metric_threshold', filter);
    expect(values).toMatchObject({
      event_type: 'RUN_METRIC',
      run_name: 'swift-fox-12',
      run_status: 'running',
      run_url: 'https://hl.acme.example/acme/vision/runs/8kq2vt1m',
      metric_name: 'val/loss',
      metric_value: 0.2988,
      metric_filter: 'average of the last 5 values of val/loss is below 0.3',
      threshold: 0.3,
    });
    expect(values.metric_values).toHaveLength(5);
  });

  test('names in addresses are encoded', () => {
    const { event } = sampleFor('run.state', { place: { ...sampleFor('run.state').event.place, project: 'a b&c' } });
    const context = { automation: { id: 1, name: 'n', on: 'run.state' as const, filter: {} }, executionId: 'e', publicUrl: 'http://h' };
    expect(valuesFor(event, context).run_url).toBe('http://h/acme/a%20b%26c/runs/8kq2vt1m');
  });

  test.each(AUTOMATION_EVENTS)('%s: the sample fills every variable that the editor offers, and no other', (on) => {
    const offered = variablesFor(on).map(({ name }) => name);
    const filled = Object.keys(
      sampleValues(
        on,
        on === 'run.metric_threshold' ? THRESHOLD : on === 'run.metric_change' ? CHANGE : on === 'run.metric_zscore' ? ZSCORE : {},
      ),
    );
    const mayBeEmpty = offered.filter((name) => name.startsWith('source_') || (on === 'schedule' && name === 'event_author'));
    expect(filled.filter((name) => !offered.includes(name as (typeof offered)[number]))).toEqual([]);
    expect(offered.filter((name) => !filled.includes(name) && !mayBeEmpty.includes(name))).toEqual([]);
  });

  test('only what a template names is worked out', () => {
    const { event } = sampleFor('run.state');
    const context = { automation: { id: 1, name: 'n', on: 'run.state' as const, filter: {} }, executionId: 'e', publicUrl: 'http://h' };
    expect(Object.keys(valuesFor(event, context, ['run_name', 'nonsense', 'alias']))).toEqual(['run_name']);
  });
});

const THRESHOLD: Filter = { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'above', threshold: 0 } };
const CHANGE: Filter = {
  change: { name: 'loss', aggregate: 'average', window: 3, priorWindow: 4, measure: 'relative', by: 'decrease', amount: 0.1 },
};
const ZSCORE: Filter = { zscore: { name: 'loss', window: 30, direction: 'below', threshold: 3 } };

describe('samples meet their automation’s conditions', () => {
  test('a threshold’s sample lies on the right side, whatever the limit', () => {
    for (const threshold of [-5, -1e-6, 0, 0.3, 1e6]) {
      for (const aggregate of ['none', 'average', 'min', 'max'] as const) {
        for (const window of [1, 2, 5, 100]) {
          const below = sampleFor('run.metric_threshold', {
            filter: { metric: { name: 'm', aggregate, window, is: 'below', threshold } },
          }).evidence;
          const above = sampleFor('run.metric_threshold', {
            filter: { metric: { name: 'm', aggregate, window, is: 'above', threshold } },
          }).evidence;
          expect(below!.compared).toBeLessThan(threshold);
          expect(above!.compared).toBeGreaterThan(threshold);
        }
      }
    }
  });

  test('names, tags and states come from the filter; a pattern that is no bare text leaves the sample as it is', () => {
    expect(sampleFor('artifact.alias_added', { filter: { alias: '^staging$' } }).event).toMatchObject({ alias: 'staging' });
    expect(sampleFor('artifact.alias_added', { filter: { alias: '^v\\d+' } }).event).toMatchObject({ alias: 'production' });
    expect(sampleFor('run.state', { filter: { states: ['failed'], run: { tags: ['prod'], user: 'mei' } } }).event).toMatchObject({
      run: { state: 'failed', tags: ['prod'], user: 'mei' },
    });
  });
});

describe('checking a payload', () => {
  const check = (text: string, on: AutomationEvent = 'run.metric_threshold', more: Partial<Parameters<typeof checkTemplate>[1]> = {}) =>
    checkTemplate(text, {
      on,
      grantedSecrets: ['DEPLOY_TOKEN'],
      existingSecrets: ['DEPLOY_TOKEN', 'OTHER_KEY'],
      sampleValues: sampleValues(on),
      ...more,
    });

  test('a good payload has no problems', () => {
    expect(check('{"run": "${run_name}", "value": ${metric_value}, "key": "${DEPLOY_TOKEN}"}')).toEqual([]);
  });

  test('an unknown name is an error with the likely one', () => {
    expect(check('{\n  "run": "${runname}"\n}')).toMatchObject([
      {
        severity: 'error',
        code: 'unknown',
        line: 2,
        column: 11,
        length: 10,
        replacement: '${run_name}',
        message: 'There is no variable or secret named runname. Did you mean run_name?',
      },
    ]);
    expect(check('{"x": "${nothing_like_it_at_all}"}')[0]?.replacement).toBeUndefined();
  });

  test('a name that this event leaves empty is a warning with the reason', () => {
    expect(check('{"v": "${artifact_version_string}"}')).toMatchObject([
      {
        severity: 'warning',
        code: 'empty_here',
        message: 'artifact_version_string is empty for “Run metrics threshold met”: only artifact events carry a version.',
      },
    ]);
  });

  test('an unclosed placeholder is named once, and not as broken JSON too', () => {
    expect(check('{\n"reason": "${",\n "value": ${metric_value\n}')).toMatchObject([
      { severity: 'error', code: 'unclosed', line: 2, column: 12 },
      { severity: 'error', code: 'unclosed', line: 3, column: 11 },
    ]);
  });

  test('a secret that exists but is not granted has a sentence of its own', () => {
    expect(check('{"k": "${OTHER_KEY}"}')).toMatchObject([{ severity: 'error', code: 'not_granted' }]);
    expect(check('{"k": "${ACCESS_TOKEN}"}')).toMatchObject([{ severity: 'warning', code: 'no_access_token' }]);
    expect(check('{"k": "${ACCESS_TOKEN}"}', 'run.state', { grantedSecrets: ['ACCESS_TOKEN'] })).toEqual([]);
  });

  test('what is not JSON after substitution is shown at its place', () => {
    expect(check('{\n  "run": "${run_name}",\n}')).toMatchObject([
      { severity: 'error', code: 'not_json', line: 2, column: 23, message: 'Remove the comma before "}".' },
    ]);
    expect(check('{"run": swift ${run_name}}')).toMatchObject([{ code: 'not_json', line: 1, column: 9, length: 5 }]);
  });

  test('JSON that holds for the sample alone is a warning', () => {
    expect(check('{${run_name}: 1}')).toMatchObject([{ severity: 'warning', code: 'fragile_json', column: 2 }]);
  });

  test('a key that the sample on show lacks is told, with what is sent in its place', () => {
    const sampleValues = { artifact_metadata: { accuracy: 0.9, note: null } };
    const text = '{"a": ${artifact_metadata.accuracy}, "b": ${artifact_metadata.acc}, "c": "${artifact_metadata.note}"}';
    expect(check(text, 'artifact.created', { sampleValues, sampleIsShown: true })).toMatchObject([
      { severity: 'warning', code: 'empty_in_sample', message: 'artifact_metadata.acc is empty in this sample: it is sent as null.' },
      { code: 'empty_in_sample', message: 'artifact_metadata.note is empty in this sample: nothing stands in its place.' },
    ]);
    expect(check(text, 'artifact.created', { sampleValues })).toEqual([]);
  });

  test('an unknown metadata key is a warning where the keys are known', () => {
    const text = '{"acc": ${artifact_metadata.acuracy}}';
    expect(check(text, 'artifact.created', { metadataKeys: ['accuracy'] })).toMatchObject([
      { severity: 'warning', code: 'no_such_key', replacement: '${artifact_metadata.accuracy}' },
    ]);
    expect(check(text, 'artifact.created')).toEqual([]);
  });

  test('a payload of more than 256 KiB is refused', () => {
    expect(check(`"${'x'.repeat(256 * 1024)}"`)).toMatchObject([{ code: 'too_large', line: 1, column: 1 }]);
  });

  test('object properties that everything inherits are unknown names', () => {
    expect(check('{"a": "${constructor}", "b": "${__proto__}"}').map(({ code }) => code)).toEqual(['unknown', 'unknown']);
  });
});

test('every variable renders in every event without breaking the body', () => {
  const template = parseTemplate(`{${VARIABLE_NAMES.map((name) => `"${name}": [\${${name}}, "\${${name}}"]`).join(',')}}`);
  for (const on of AUTOMATION_EVENTS) expect(renderTemplate(template, sampleValues(on)).ok).toBe(true);
});
