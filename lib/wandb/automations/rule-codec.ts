import { z } from 'zod';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { type Filter, MetricChange, MetricThreshold, MetricZscore } from '#lib/domain/filter.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { priorWindowOf } from '#lib/domain/prior-window.ts';
import { RUN_STATE_CHOICES } from '#lib/domain/run-states.ts';

/** A run event's own rule, as the client writes it: the metric's limits or the states, without the run's conditions. */

type Rule = Pick<Filter, 'metric' | 'change' | 'zscore' | 'states'>;

const upper = <Choices extends z.ZodType>(choices: Choices) =>
  z.preprocess((value) => (typeof value === 'string' ? value.toUpperCase() : value), choices);

const AGGREGATES = { none: null, average: 'AVERAGE', min: 'MIN', max: 'MAX' } as const;
const COMPARISONS = {
  above: '$gt',
  above_or_equal: '$gte',
  below: '$lt',
  below_or_equal: '$lte',
  // The client has none of these: they stand for what it can read, and the filter carries what is meant beside them.
  equal: '$gte',
  not_equal: '$gt',
  nan_or_infinite: '$gt',
} as const;
const DIRECTIONS = { increase: 'INCREASE', decrease: 'DECREASE', any: 'ANY', less_than: 'ANY' } as const;
const SIDES = { above: 'INCREASE', below: 'DECREASE', either: 'ANY' } as const;

/** The first of our words that a word of the client stands for. */
const ours = <Word extends string>(table: Readonly<Record<Word, string | null>>, theirs: string | null): Word =>
  (Object.keys(table) as Word[]).find((word) => table[word] === theirs)!;

const AggregateWire = upper(z.enum(['AVERAGE', 'MIN', 'MAX'])).nullish();
const DirectionWire = upper(z.enum(['INCREASE', 'DECREASE', 'ANY']));
const name = z.string();

const ThresholdWire = z.strictObject({
  name,
  agg_op: AggregateWire,
  window_size: z.number().default(1),
  cmp_op: z.enum(['$gt', '$gte', '$lt', '$lte', '$eq', '$ne']),
  threshold: z.number(),
});
const ChangeWire = z.strictObject({
  name,
  agg_op: AggregateWire,
  current_window_size: z.number().default(1),
  prior_window_size: z.number().nullish(),
  change_amount: z.number(),
  change_type: upper(z.enum(['RELATIVE', 'ABSOLUTE'])),
  change_dir: DirectionWire,
});
const ZscoreWire = z.strictObject({
  name,
  window_size: z.number().default(30),
  threshold: z.number(),
  change_dir: DirectionWire,
});
const StatesWire = z.strictObject({ states: z.array(upper(z.enum(['RUNNING', 'FINISHED', 'FAILED', 'CRASHED']))).min(1) });

type RunRuleEvent = Extract<AutomationEvent, 'run.metric_threshold' | 'run.metric_change' | 'run.metric_zscore' | 'run.state'>;

type Codec = {
  /** Where the rule stands in the client's filter. */
  path: readonly [string] | readonly [string, string];
  encode(rule: Rule): JsonObject;
  decode(wire: JsonValue): Rule;
};

const CODECS: Record<RunRuleEvent, Codec> = {
  'run.metric_threshold': {
    path: ['run_metric_filter', 'threshold_filter'],
    encode: ({ metric }) => ({
      name: metric!.name,
      agg_op: AGGREGATES[metric!.aggregate],
      window_size: metric!.window,
      cmp_op: COMPARISONS[metric!.is],
      threshold: metric!.threshold ?? Number.MAX_VALUE,
    }),
    decode: (raw) => {
      const wire = parseInput(ThresholdWire, raw);
      const is = wire.cmp_op === '$eq' ? 'equal' : wire.cmp_op === '$ne' ? 'not_equal' : ours(COMPARISONS, wire.cmp_op);
      const aggregate = ours(AGGREGATES, wire.agg_op ?? null);
      return {
        metric: parseInput(MetricThreshold, { name: wire.name, aggregate, window: wire.window_size, is, threshold: wire.threshold }),
      };
    },
  },
  'run.metric_change': {
    path: ['run_metric_filter', 'change_filter'],
    encode: ({ change }) => ({
      name: change!.name,
      agg_op: AGGREGATES[change!.aggregate],
      current_window_size: change!.window,
      prior_window_size: priorWindowOf(change!),
      change_amount: change!.amount,
      change_type: change!.measure === 'relative' ? 'RELATIVE' : 'ABSOLUTE',
      change_dir: DIRECTIONS[change!.by],
    }),
    decode: (raw) => {
      const wire = parseInput(ChangeWire, raw);
      const change = {
        name: wire.name,
        aggregate: ours(AGGREGATES, wire.agg_op ?? null),
        window: wire.current_window_size,
        priorWindow: wire.prior_window_size ?? wire.current_window_size,
        measure: wire.change_type === 'RELATIVE' ? 'relative' : 'absolute',
        by: ours(DIRECTIONS, wire.change_dir),
        amount: wire.change_amount,
      };
      return { change: parseInput(MetricChange, change) };
    },
  },
  'run.metric_zscore': {
    path: ['run_metric_filter', 'zscore_filter'],
    encode: ({ zscore }) => ({
      name: zscore!.name,
      window_size: zscore!.window,
      threshold: zscore!.threshold,
      change_dir: SIDES[zscore!.direction],
    }),
    decode: (raw) => {
      const wire = parseInput(ZscoreWire, raw);
      const direction = ours(SIDES, wire.change_dir);
      return { zscore: parseInput(MetricZscore, { name: wire.name, window: wire.window_size, threshold: wire.threshold, direction }) };
    },
  },
  'run.state': {
    path: ['run_state_filter'],
    encode: ({ states }) => ({ states: sorted(states ?? RUN_STATE_CHOICES).map((state) => state.toUpperCase()) }),
    decode: (raw) => {
      const { states } = parseInput(StatesWire, raw);
      return { states: sorted(states.map((state) => (state === 'CRASHED' ? 'failed' : (state.toLowerCase() as 'failed')))) };
    },
  },
};

/** In the client's order, each once. */
export const sorted = <State extends string>(states: readonly State[]): State[] => [...new Set(states)].toSorted();

/** Null for events whose filter is a query alone. */
export const ruleCodecOf = (on: AutomationEvent): Codec | null => (on in CODECS ? CODECS[on as RunRuleEvent] : null);
