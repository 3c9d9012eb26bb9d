import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { aMetricEvent, anAutomation, aRun } from './examples.testing.ts';
import { judgeSeries } from './judge-series.ts';
import { compileMetricRule } from './metric-rules.ts';
import { seriesOf } from './metric-values.ts';
import { summariseMisses } from './miss-summary.ts';

const automation = anAutomation({
  filter: { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'below', threshold: 0.3 }, run: { tags: ['prod'], group: 'g1' } },
});

function missOf(runId: string, run: { tags?: string[]; group?: string }, loss: number) {
  const event = aMetricEvent([{ step: 0, values: { loss } }], { run: aRun({ runId, name: runId, ...run }) });
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const metric = judgeSeries(rule.open(), 'loss', seriesOf(event.lines, 0, 'loss'), { closest: true });
  return { subject: runId, decision: decide(automation, event, { nowMs: 0, metric, explainSkips: true }) };
}

test('the newest decision about each run is counted by its reason, in words', () => {
  const misses = [
    missOf('a', { tags: ['prod'], group: 'g1' }, 0.5),
    missOf('b', { tags: [], group: 'g1' }, 0.1),
    missOf('c', { tags: ['dev'], group: 'g1' }, 0.1),
    missOf('d', { tags: [] }, 0.1),
    missOf('e', { tags: ['prod'], group: 'g2' }, 0.1),
    missOf('a', { tags: [] }, 0.5),
  ];
  expect(summariseMisses(misses)).toBe('3 of the last 5 excluded by their tags, 1 short of the condition, 1 excluded by their group.');
  expect(summariseMisses(misses.slice(0, 1))).toBe('');
});
