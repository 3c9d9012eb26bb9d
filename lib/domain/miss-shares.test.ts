import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { aMetricEvent, anAutomation, aRun } from './examples.testing.ts';
import { judgeSeries } from './judge-series.ts';
import { compileMetricRule } from './metric-rules.ts';
import { seriesOf } from './metric-values.ts';
import { shareMisses } from './miss-shares.ts';

const automation = anAutomation({
  filter: { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'below', threshold: 0.3 }, run: { tags: ['prod'], group: 'g1' } },
});

function missOf(subject: string, run: { tags?: string[]; group?: string }, loss: number) {
  const event = aMetricEvent([{ step: 0, values: { loss } }], { run: aRun({ runId: subject, name: subject, ...run }) });
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const metric = judgeSeries(rule.open(), 'loss', seriesOf(event.lines, 0, 'loss'), { closest: true });
  return { subject, at: 1, decision: decide(automation, event, { nowMs: 0, metric, explainSkips: true }) };
}

const good = { tags: ['prod'], group: 'g1' };

test('the newest decision about each run is counted by its reason', () => {
  const misses = [
    missOf('a', good, 0.5),
    missOf('b', { tags: [], group: 'g1' }, 0.1),
    missOf('c', { tags: ['dev'], group: 'g1' }, 0.1),
    missOf('d', { tags: [] }, 0.1),
    missOf('e', { tags: ['prod'], group: 'g2' }, 0.1),
    missOf('a', { tags: [] }, 0.5),
  ];
  expect(shareMisses(automation.filter, misses).map(({ reason, count }) => [reason, count])).toEqual([
    ['excluded by their tags', 3],
    ['short of the condition', 1],
    ['excluded by their group', 1],
  ]);
  expect(shareMisses(automation.filter, [])).toEqual([]);
});

test('of those that fell short the one that came nearest is told with its value', () => {
  const [share] = shareMisses(automation.filter, [missOf('a', good, 0.9), missOf('b', good, 0.34), missOf('c', good, 0.5)]);
  expect(share).toMatchObject({ count: 3, nearest: { subject: 'b', text: expect.stringContaining('0.34') } });
});
