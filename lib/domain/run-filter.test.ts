import { describe, expect, test } from 'vitest';
import { aRun } from './examples.testing.ts';
import type { RunFilter } from './filter.ts';
import { runConditions, runMatches } from './run-conditions.ts';
import type { RunFacts } from './tracked-event.ts';

const run = aRun({ config: { lr: 0.1, model: { depth: 50, sizes: [1, 2] }, 'a.b': 1, a: { b: 2 } } });
const words = (filter: RunFilter, some: Partial<RunFacts> = {}) =>
  [...runConditions({ run: filter }, { ...run, ...some })].map((check) => check.text());

describe('a run filter', () => {
  test.each<[RunFilter, boolean]>([
    [{}, true],
    [{ user: 'ana' }, true],
    [{ user: 'Ana' }, true],
    [{ user: 'ben' }, false],
    [{ name: '^swift-' }, true],
    [{ name: 'fox$' }, false],
    [{ tags: ['baseline'] }, true],
    [{ tags: ['a100', 'baseline'] }, true],
    [{ tags: ['baseline', 'prod'] }, false],
    [{ group: 'g1', jobType: 'train' }, true],
    [{ group: 'g1', jobType: 'eval' }, false],
    [{ config: { lr: 0.1 } }, true],
    [{ config: { lr: '0.1' } }, false],
    [{ config: { 'model.depth': 50 } }, true],
    [{ config: { model: { sizes: [1, 2], depth: 50 } } }, true],
    [{ config: { 'a.b': 1 } }, true],
    [{ config: { lr: 0.1, absent: null } }, false],
    [{ minDurationSeconds: 3600 }, true],
    [{ minDurationSeconds: 3601 }, false],
  ])('%j: %s', (filter, expected) => expect(runMatches({ run: filter }, run)).toBe(expected));

  test('joins the query with AND', () => {
    expect(runMatches({ run: { user: 'ana' }, query: { state: 'running' } }, run)).toBe(true);
    expect(runMatches({ run: { user: 'ana' }, query: { state: 'failed' } }, run)).toBe(false);
    expect(runMatches({ run: { user: 'ben' }, query: { state: 'running' } }, run)).toBe(false);
  });

  test.each<[RunFilter, string]>([
    [{ user: 'ben' }, 'The run’s user is "ana", not "ben"'],
    [{ name: 'cat' }, 'The run’s name "swift-fox-12" does not match cat'],
    [{ tags: ['baseline', 'prod'] }, 'The run’s tags (baseline and a100) do not include prod'],
    [{ config: { lr: 0.2 } }, 'The run’s config lr is 0.1, not 0.2'],
    [{ config: { absent: 1 } }, 'The run’s config absent is not set, not 1'],
    [{ minDurationSeconds: 7200 }, 'The run took 1 h, less than 2 h'],
  ])('%j says why', (filter, text) => expect(words(filter)).toEqual([text]));

  test('a run without user or group says so', () => {
    expect(words({ user: 'ben', group: 'g1' }, { user: null, group: null })).toEqual([
      'The run’s user is not set, not "ben"',
      'The run’s group is not set, not "g1"',
    ]);
  });
});
