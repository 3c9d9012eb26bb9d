import { expect, test } from 'vitest';
import { scheduleTable, scheduleText } from './schedule-words.ts';
import type { ScheduleSummary } from './tracked-event.ts';

const aRun = (run: Partial<ScheduleSummary['runs'][number]>): ScheduleSummary['runs'][number] => ({
  id: 'r1',
  name: 'swift-fox-12',
  user: 'ana',
  state: 'finished',
  url: 'https://hookline.acme.example/acme/vision/runs/r1',
  durationSeconds: 3840,
  summary: {},
  ...run,
});

const ofRuns = (...runs: ScheduleSummary['runs']): ScheduleSummary => ({
  from: '2026-11-20T09:00:00.000Z',
  to: '2026-11-21T09:00:00.000Z',
  total: runs.length,
  states: Object.fromEntries([...Map.groupBy(runs, ({ state }) => state)].map(([state, own]) => [state, own.length])),
  runs,
  truncated: false,
});

test('a period in a sentence: how many, from when to when, in which states', () => {
  expect(scheduleText(ofRuns(aRun({ state: 'failed' }), aRun({}), aRun({})))).toBe(
    '3 runs from 2026-11-20 09:00 to 2026-11-21 09:00 UTC: 2 finished, 1 failed.',
  );
  expect(scheduleText(ofRuns())).toBe('No runs from 2026-11-20 09:00 to 2026-11-21 09:00 UTC.');
});

test('a period as a table: its newest runs with the metrics that most of them have', () => {
  const table = scheduleTable(
    ofRuns(
      aRun({ summary: { 'val/loss': 0.29631, acc: 0.91, epoch: 42, _step: 7, note: 'x' } }),
      aRun({ name: 'slow-owl-3', user: null, state: 'failed', durationSeconds: 59, summary: { 'val/loss': 'NaN', acc: 0.5 } }),
      aRun({ name: 'new', state: 'running', durationSeconds: 0, summary: { extra: 1 } }),
    ),
  );
  expect(table.split('\n')).toEqual([
    'Run           User  State     Duration   acc   epoch  extra',
    'swift-fox-12  ana   finished  1 h 4 min  0.91  42',
    'slow-owl-3          failed    59 s       0.5',
    'new           ana   running   0 s                     1',
  ]);
});

test('what a name may hold breaks neither a line nor the block around the table', () => {
  const lines = scheduleTable(ofRuns(aRun({ name: 'a\n```\tb' }), aRun({ name: '🦊'.repeat(40) }))).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain('`');
  expect(lines[2]).toContain(`${'🦊'.repeat(23)}…`);
});

test('a long period shows its newest runs and counts the rest', () => {
  const lines = scheduleTable({ ...ofRuns(...Array.from({ length: 100 }, () => aRun({}))), total: 312, truncated: true }).split('\n');
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe('and 292 more');
  expect(scheduleTable(ofRuns())).toBe('No runs.');
});
