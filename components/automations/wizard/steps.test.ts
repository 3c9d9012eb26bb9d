import { expect, test } from 'vitest';
import { AutomationDocument } from '#lib/domain/automation.ts';
import { issuesOf } from './form-issues.ts';
import { toFieldErrors, toFormPath } from './form-paths.ts';
import { emptyValues } from './form-values.ts';
import { furthestStep, STEPS, stepOfPath } from './steps.ts';

const context = { secrets: null, nowMs: Date.UTC(2026, 10, 21) };

test('every key of a document belongs to exactly one step', () => {
  const fields = STEPS.flatMap((step) => [...step.fields] as string[]);
  expect(fields.toSorted()).toEqual(Object.keys(AutomationDocument.shape).toSorted());
  expect(fields.toSorted()).toEqual(Object.keys(emptyValues()).toSorted());
});

test('nobody gets further than the first step with a problem', () => {
  const values = emptyValues();
  expect(furthestStep(issuesOf(values, context))).toBe(0);
  values.scope = { kind: 'project', name: 'acme/vision' };
  expect(furthestStep(issuesOf(values, context))).toBe(1);
  values.action.kind = 'nothing';
  expect(issuesOf(values, context).map(({ path }) => stepOfPath(path))).toEqual(['details']);
});

test('an issue of the server finds its field', () => {
  const values = emptyValues();
  values.filter.run = [
    { kind: 'tags', key: '', text: '', values: [] },
    { kind: 'config', key: 'lr', text: '', values: [] },
    { kind: 'minDuration', key: '', text: 'x', values: [] },
  ];
  expect(toFormPath(['scope', 'collection'], values)).toBe('scope.name');
  expect(toFormPath(['filter', 'run', 'tags', 0], values)).toBe('filter.run.0.values');
  expect(toFormPath(['filter', 'run', 'config', 'lr'], values)).toBe('filter.run.1.text');
  expect(toFormPath(['filter', 'run', 'minDurationSeconds'], values)).toBe('filter.run.2.text');
  expect(toFormPath(['filter', 'metric', 'threshold'], values)).toBe('filter.metric.threshold');
  expect(toFormPath(['retry', 'delaysSeconds', 3], values)).toBe('retry.delaysSeconds');
});

test('a refused pattern is said in words beside its field', () => {
  const values = emptyValues();
  values.scope = { kind: 'project', name: 'acme/vision' };
  values.filter.alias = '(?=x)';
  expect(toFieldErrors(issuesOf(values, context), values).filter?.alias?.message).toMatch(/RE2 has no look-around/);
});

test('an unknown placeholder keeps the payload from being saved, once the secrets are known', () => {
  const values = emptyValues();
  values.action = { ...values.action, webhook: 'w', payload: '{"a": "${nonsense}"}' };
  const payload = (secrets: Parameters<typeof issuesOf>[1]['secrets']) =>
    issuesOf(values, { ...context, secrets }).filter(({ path }) => path[1] === 'payload');
  expect(payload(null)).toEqual([]);
  expect(payload({ grantedSecrets: [], existingSecrets: [] })[0]?.message).toMatch(/^Line 1: There is no variable/);
});
