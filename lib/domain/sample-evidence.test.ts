import { expect, test } from 'vitest';
import type { AutomationEvent } from './event-types.ts';
import type { Filter } from './filter.ts';
import { sampleEvidence } from './sample-evidence.ts';

const HUGE = Number.MAX_VALUE;
const extremes: [AutomationEvent, Filter][] = [
  ...([HUGE, -HUGE] as const).flatMap((threshold): [AutomationEvent, Filter][] =>
    (['above', 'below', 'equal'] as const).flatMap((is) =>
      (['none', 'average', 'min', 'max'] as const).map((aggregate): [AutomationEvent, Filter] => [
        'run.metric_threshold',
        { metric: { name: 'loss', aggregate, window: 5, is, threshold } },
      ]),
    ),
  ),
  ['run.metric_change', { change: { name: 'loss', aggregate: 'none', window: 1, measure: 'relative', by: 'increase', amount: HUGE } }],
  ['run.metric_zscore', { zscore: { name: 'loss', window: 30, direction: 'below', threshold: HUGE } }],
];

test.each(extremes)('%s %j: a sample of numbers that JSON can hold', (on, filter) => {
  const { value, compared, windows } = sampleEvidence(on, filter);
  expect([value, compared, ...windows.current, ...(windows.prior ?? [])].every(Number.isFinite)).toBe(true);
});
