import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { AutomationEvent } from './event-types.ts';
import { Filter } from './filter.ts';
import { judgeSeries } from './judge-series.ts';
import { metricChecks } from './metric-clauses.ts';
import { compileMetricRule } from './metric-rules.ts';

const name = 'loss';

function conditionWords(on: AutomationEvent, draft: z.input<typeof Filter>, values: number[]): string {
  const filter = Filter.parse(draft);
  const lines = values.map((_, index) => index);
  const finding = judgeSeries(compileMetricRule(on, filter)!.open(), name, { lines, steps: lines, values }, { closest: true });
  return [...metricChecks(on, filter, finding)].map((check) => `${check.holds ? '✓' : '✗'} ${check.text()}`).at(-1)!;
}

const threshold = (metric: object, values: number[]) =>
  conditionWords('run.metric_threshold', { metric: { name, ...metric } as never }, values);
const change = (rule: object, values: number[]) => conditionWords('run.metric_change', { change: { name, ...rule } as never }, values);
const zscore = (rule: object, values: number[]) => conditionWords('run.metric_zscore', { zscore: { name, ...rule } as never }, values);

test.each([
  [threshold({ is: 'below', threshold: 0.3 }, [0.25]), '✓ loss was 0.25, below 0.3'],
  [threshold({ is: 'above', threshold: 0.3 }, [0.3, 0.1]), '✗ loss was 0.3, not above 0.3 (the nearest value, at step 0)'],
  [threshold({ is: 'below', threshold: 0.3 }, [0.3000001]), '✗ loss was 0.3000001, not below 0.3 (the nearest value, at step 0)'],
  [
    threshold({ is: 'above', threshold: 0.62, aggregate: 'max', window: 3 }, [0.6, 0.61, 0.631]),
    '✓ Highest of the last 3 loss was 0.631, above 0.62',
  ],
  [threshold({ is: 'above', threshold: 1e6 }, [2_500_000]), '✓ loss was 2,500,000, above 1,000,000'],
  [threshold({ is: 'above', threshold: 1, aggregate: 'min', window: 3 }, [2, 2]), '✗ Nothing to compare yet'],
  [threshold({ is: 'nan_or_infinite' }, [Number.NaN]), '✓ loss was NaN'],
  [threshold({ is: 'nan_or_infinite' }, [1]), '✗ loss was 1, which is neither NaN nor infinite (the nearest value, at step 0)'],
  [change({ by: 'decrease', amount: 0.1 }, [100, 80]), '✓ loss against the value before fell by 20 %, a decrease of at least 10 %'],
  [
    change({ by: 'increase', amount: 2, measure: 'absolute', aggregate: 'average', window: 1, priorWindow: 2 }, [1, 3, 3]),
    '✗ Average of the last 1 loss against the 2 before rose by 1, not an increase of at least 2 (the nearest value, at step 2)',
  ],
  [change({ by: 'less_than', amount: 0.01 }, [5, 5]), '✓ loss against the value before changed by 0 %, a change of less than 1 %'],
  [
    change({ by: 'any', amount: 0.1 }, [0, 5]),
    '✗ loss against the value before: the earlier is 0, so there is no relative change (the nearest value, at step 1)',
  ],
  [zscore({ window: 2, threshold: 2 }, [0, 2, 3]), '✓ loss was 3, z-score 2 against the 2 values before, 2 or more away from the mean'],
  [
    zscore({ window: 2, threshold: 2, direction: 'below' }, [0, 2, 3]),
    '✗ loss was 3, z-score 2 against the 2 values before, not −2 or below (the nearest value, at step 2)',
  ],
  [
    zscore({ window: 2, threshold: 2 }, [1, 1, 3]),
    '✗ loss was 3; the 2 values before are all equal, so it has no z-score (the nearest value, at step 2)',
  ],
])('%s', (words, expected) => expect(words).toBe(expected));
