import { z } from 'zod';
import { Json } from './json.ts';
import { RUN_STATE_CHOICES } from './run-states.ts';

/** Windows hold 1 to 10,000 values; the z-score needs at least 2. */
export const MAX_WINDOW = 10_000;

const MetricName = z.string('Name the metric.').min(1, 'Name the metric.').max(512, 'A metric’s name has at most 512 characters.');
const Window = z
  .int('A window is a whole number of values.')
  .min(1, 'A window holds at least 1 value.')
  .max(MAX_WINDOW, `A window holds at most ${MAX_WINDOW.toLocaleString('en')} values.`);
const Finite = z.number('Give a number.').refine(Number.isFinite, 'Give a finite number.');

export const AGGREGATES = ['none', 'average', 'min', 'max'] as const;
export const Aggregate = z.enum(AGGREGATES, 'Choose none, average, min or max.');
export type Aggregate = z.infer<typeof Aggregate>;

export const COMPARISONS = ['above', 'above_or_equal', 'below', 'below_or_equal', 'equal', 'not_equal', 'nan_or_infinite'] as const;
export const Comparison = z.enum(COMPARISONS, `Choose one of ${COMPARISONS.join(', ')}.`);
export type Comparison = z.infer<typeof Comparison>;

/** Threshold: the aggregate of the last `window` values compared with `threshold`. "nan_or_infinite" looks at single values and has no threshold. */
export const MetricThreshold = z
  .strictObject({
    name: MetricName,
    aggregate: Aggregate.default('none'),
    window: Window.default(1),
    is: Comparison,
    threshold: Finite.optional(),
  })
  .refine((rule) => rule.is === 'nan_or_infinite' || rule.threshold !== undefined, {
    path: ['threshold'],
    message: 'Give the number to compare with.',
  });
export type MetricThreshold = z.infer<typeof MetricThreshold>;

/**
 * Change: the aggregate of the current window against that of the prior window directly before it. `amount` 0.1 of relative
 * is 10 %. An omitted prior window is the current one's size: read it through priorWindowOf.
 */
export const MetricChange = z.strictObject({
  name: MetricName,
  aggregate: Aggregate.default('none'),
  window: Window.default(1),
  priorWindow: Window.optional(),
  measure: z.enum(['relative', 'absolute'], 'Choose relative or absolute.').default('relative'),
  by: z.enum(['increase', 'decrease', 'any', 'less_than'], 'Choose increase, decrease, any or less_than.'),
  amount: Finite.refine((amount) => amount > 0, 'Give an amount above 0.'),
});
export type MetricChange = z.infer<typeof MetricChange>;

/** Z-score: (newest − mean) / population standard deviation of the `window` values before it. */
export const MetricZscore = z.strictObject({
  name: MetricName,
  window: Window.min(2, 'A z-score needs a window of at least 2 values.').default(30),
  direction: z.enum(['above', 'below', 'either'], 'Choose above, below or either.').default('either'),
  threshold: Finite.refine((threshold) => threshold > 0, 'Give a threshold above 0.').default(3),
});
export type MetricZscore = z.infer<typeof MetricZscore>;

export const Schedule = z.strictObject({
  cron: z.string('Give a cron expression, such as "0 9 * * *".').min(1, 'Give a cron expression, such as "0 9 * * *".').max(255),
  timeZone: z.string().min(1).max(64).default('UTC'),
});
export type Schedule = z.infer<typeof Schedule>;

/** Run filters: every key given must hold. `name` is RE2, searched unanchored; every tag given must be on the run. */
export const RunFilter = z.strictObject({
  user: z.string().min(1).max(64).optional(),
  name: z.string().min(1).max(1024).optional(),
  tags: z.array(z.string().min(1).max(256)).min(1).max(64).optional(),
  group: z.string().min(1).max(256).optional(),
  jobType: z.string().min(1).max(256).optional(),
  config: z.record(z.string().min(1), Json).optional(),
  minDurationSeconds: z.number().min(0).max(31_536_000).optional(),
});
export type RunFilter = z.infer<typeof RunFilter>;

/** The client's Mongo-like language, kept as sent; checked and evaluated by lib/domain/query-filter.ts. */
export const QueryFilter = z.record(z.string(), Json);
export type QueryFilter = z.infer<typeof QueryFilter>;

/** An automation's conditions. Which keys an event takes is in EVENT_TYPES; all given must hold. */
export const Filter = z.strictObject({
  alias: z.string().min(1).max(1024).optional(),
  tag: z.string().min(1).max(1024).optional(),
  collection: z.string().min(1).max(1024).optional(),
  metric: MetricThreshold.optional(),
  change: MetricChange.optional(),
  zscore: MetricZscore.optional(),
  states: z.array(z.enum(RUN_STATE_CHOICES, 'Choose running, finished or failed.')).min(1, 'Choose at least one state.').optional(),
  silentMinutes: z.int('Give whole minutes.').min(1, 'At least 1 minute.').max(10_080, 'At most 7 days.').optional(),
  schedule: Schedule.optional(),
  run: RunFilter.optional(),
  query: QueryFilter.optional(),
});
export type Filter = z.infer<typeof Filter>;
