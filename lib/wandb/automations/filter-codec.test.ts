import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { Filter } from '#lib/domain/filter.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { normalForm } from '#lib/domain/query-form.ts';
import { decodeFilter, encodeFilter, encodeSavedFilter, isWithoutRule, sameFilter } from './filter-codec.ts';

const run = (rule: JsonObject, runFilter: JsonObject = { $and: [] }) => JSON.stringify({ run_filter: JSON.stringify(runFilter), ...rule });
const metric = (rule: JsonObject, runFilter?: JsonObject) => run({ run_metric_filter: rule, metric_filter: null }, runFilter);

/** As the client sends them; what each means to us. */
const SENT: { name: string; on: AutomationEvent; text: string; filter: Filter }[] = [
  {
    name: 'a threshold over an average, for runs whose name contains a text',
    on: 'run.metric_threshold',
    text: metric(
      { threshold_filter: { name: 'my-metric', agg_op: 'AVERAGE', window_size: 5, cmp_op: '$gt', threshold: 123.45 } },
      { $and: [{ display_name: { $contains: 'my-run' } }] },
    ),
    filter: {
      metric: { name: 'my-metric', aggregate: 'average', window: 5, is: 'above', threshold: 123.45 },
      query: { $and: [{ display_name: { $contains: 'my-run' } }] },
    },
  },
  {
    name: 'a threshold on single values',
    on: 'run.metric_threshold',
    text: metric({ threshold_filter: { name: 'loss', agg_op: null, window_size: 1, cmp_op: '$lte', threshold: 1 } }),
    filter: { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'below_or_equal', threshold: 1 } },
  },
  {
    name: 'a window beside no aggregate, which is kept',
    on: 'run.metric_threshold',
    text: metric({ threshold_filter: { name: 'loss', agg_op: null, window_size: 7, cmp_op: '$gte', threshold: 0 } }),
    filter: { metric: { name: 'loss', aggregate: 'none', window: 7, is: 'above_or_equal', threshold: 0 } },
  },
  {
    name: 'a relative change either way',
    on: 'run.metric_change',
    text: metric({
      change_filter: {
        name: 'm',
        agg_op: 'MAX',
        current_window_size: 5,
        prior_window_size: 9,
        change_amount: 0.5,
        change_type: 'RELATIVE',
        change_dir: 'ANY',
      },
    }),
    filter: { change: { name: 'm', aggregate: 'max', window: 5, priorWindow: 9, measure: 'relative', by: 'any', amount: 0.5 } },
  },
  {
    name: 'a z-score below, for runs whose name matches',
    on: 'run.metric_zscore',
    text: metric(
      { zscore_filter: { name: 'm', window_size: 30, threshold: 2.5, change_dir: 'DECREASE' } },
      { $and: [{ display_name: { $regex: '^x' } }] },
    ),
    filter: { zscore: { name: 'm', window: 30, threshold: 2.5, direction: 'below' }, run: { name: '^x' } },
  },
  {
    name: 'run states with alternatives',
    on: 'run.state',
    text: run(
      { run_state_filter: { states: ['FAILED', 'FINISHED'] } },
      { $and: [{ $or: [{ display_name: { $eq: 'a' } }, { display_name: { $in: ['b', 'c'] } }] }] },
    ),
    filter: {
      states: ['failed', 'finished'],
      query: { $and: [{ $or: [{ display_name: { $eq: 'a' } }, { display_name: { $in: ['b', 'c'] } }] }] },
    },
  },
  { name: 'no condition', on: 'artifact.linked', text: '{"$or":[{"$and":[]}]}', filter: {} },
  {
    name: 'an alias by pattern',
    on: 'artifact.alias_added',
    text: '{"$or":[{"$and":[{"alias":{"$regex":"^v.*"}}]}]}',
    filter: { alias: '^v.*' },
  },
  {
    name: 'an alias by name',
    on: 'artifact.alias_added',
    text: '{"$or":[{"$and":[{"alias":{"$eq":"prod"}}]}]}',
    filter: { query: { $or: [{ $and: [{ alias: { $eq: 'prod' } }] }] } },
  },
  {
    name: 'alternatives of a tag',
    on: 'artifact.tag_added',
    text: '{"$or":[{"$and":[{"$or":[{"tag":{"$eq":"a"}},{"tag":{"$eq":"b"}}]}]}]}',
    filter: { query: { $or: [{ $and: [{ $or: [{ tag: { $eq: 'a' } }, { tag: { $eq: 'b' } }] }] }] } },
  },
  {
    name: 'negations of a tag',
    on: 'collection.tag_removed',
    text: '{"$or":[{"$and":[{"tag":{"$ne":"a"}},{"$not":{"tag":{"$eq":"b"}}}]}]}',
    filter: { query: { $or: [{ $and: [{ tag: { $ne: 'a' } }, { $not: { tag: { $eq: 'b' } } }] }] } },
  },
];

describe('what the client sends', () => {
  test.each(SENT)('$name is read, and told back as it was sent', ({ on, text, filter }) => {
    expect(decodeFilter(on, text)).toEqual(filter);
    expect(JSON.parse(encodeFilter(on, filter))).toEqual(JSON.parse(text));
  });

  test('what matches everything is no condition, however it is written', () => {
    for (const text of ['{}', '{"$and":[]}', '{"$and":[{}]}', '{"$or":[{"$and":[]}]}', '{"$or":[{"$and":[{}]}]}', '{"filter":"{}"}']) {
      expect(decodeFilter('artifact.linked', text)).toEqual({});
    }
    expect(decodeFilter('artifact.linked', '{"$or":[]}')).toEqual({ query: { $or: [] } });
  });

  test('a saved filter that is sent back in its wrapping is unwrapped', () => {
    const saved = encodeSavedFilter('artifact.alias_added', { alias: '^prod$' });
    expect(JSON.parse(saved)).toEqual({ filter: '{"$or":[{"$and":[{"alias":{"$regex":"^prod$"}}]}]}' });
    expect(decodeFilter('artifact.alias_added', saved)).toEqual({ alias: '^prod$' });
  });

  test('spellings differ in case, crashed counts as failed, and a run filter may be an object or nothing', () => {
    const text = '{"run_filter":{"$and":[]},"run_state_filter":{"states":["Crashed","failed"]}}';
    expect(decodeFilter('run.state', text)).toEqual({ states: ['failed'] });
    const rule = '"run_metric_filter":{"threshold_filter":{"name":"x","agg_op":"mean","cmp_op":"$lt","threshold":1}}';
    expect(() => decodeFilter('run.metric_threshold', `{"run_filter":null,${rule}}`)).toThrow(/agg_op/);
    expect(decodeFilter('run.metric_threshold', `{"run_filter":null,${rule.replace('mean', 'Average')}}`)).toEqual({
      metric: { name: 'x', aggregate: 'average', window: 1, is: 'below', threshold: 1 },
    });
  });

  test.each([
    ['not JSON', 'artifact.linked', '{"$or":'],
    ['no object', 'artifact.linked', '[]'],
    ['a bare NaN', 'run.metric_threshold', '{"run_metric_filter":{"threshold_filter":{"name":"x","cmp_op":"$lt","threshold":NaN}}}'],
    ['an unknown key in a rule', 'run.metric_zscore', metric({ zscore_filter: { name: 'm', threshold: 1, change_dir: 'ANY', extra: 1 } })],
    ['an unknown comparison', 'run.metric_threshold', metric({ threshold_filter: { name: 'm', cmp_op: '$regex', threshold: 1 } })],
    ['a threshold that is text', 'run.metric_threshold', metric({ threshold_filter: { name: 'm', cmp_op: '$lt', threshold: '1' } })],
    ['a z-score of nothing', 'run.metric_zscore', metric({ zscore_filter: { name: 'm', threshold: 0, change_dir: 'ANY' } })],
    ['a state that never fires', 'run.state', run({ run_state_filter: { states: ['KILLED'] } })],
    ['the rule of another event', 'run.metric_change', metric({ zscore_filter: { name: 'm', threshold: 1, change_dir: 'ANY' } })],
    ['a run filter that is a list', 'run.state', '{"run_filter":"[]","run_state_filter":{"states":["FAILED"]}}'],
  ] as const)('%s is refused', (_, on, text) => {
    expect(() => decodeFilter(on, text)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  test('a run event whose rule the client lost is told apart', () => {
    expect(isWithoutRule('run.state', '{"$and":[]}')).toBe(true);
    expect(isWithoutRule('run.metric_change', '{"run_filter":"{}","run_state_filter":{}}')).toBe(true);
    expect(isWithoutRule('run.state', run({ run_state_filter: { states: ['FAILED'] } }))).toBe(false);
    expect(isWithoutRule('artifact.linked', '{}')).toBe(false);
  });
});

describe('what the client cannot express', () => {
  const nan: Filter = { metric: { name: 'loss', aggregate: 'none', window: 1, is: 'nan_or_infinite' } };

  test('is shown as a rule that it can read, and comes back whole', () => {
    const text = encodeFilter('run.metric_threshold', nan);
    expect(JSON.parse(text).run_metric_filter.threshold_filter).toEqual({
      name: 'loss',
      agg_op: null,
      window_size: 1,
      cmp_op: '$gt',
      threshold: Number.MAX_VALUE,
    });
    expect(decodeFilter('run.metric_threshold', text)).toEqual(nan);
  });

  test('is refused when only a part of it comes back changed, and replaced when all of it does', () => {
    const text = encodeFilter('run.metric_threshold', nan);
    expect(() => decodeFilter('run.metric_threshold', text.replace('"loss"', '"accuracy"'))).toThrow(/cannot express/);
    const fresh = SENT[1]!;
    expect(decodeFilter(fresh.on, fresh.text)).toEqual(fresh.filter);
  });

  test('extra conditions on the run are shown where the client has a field for them', () => {
    const filter: Filter = { states: ['failed'], run: { user: 'ana', tags: ['prod'], config: { lr: 0.1 }, minDurationSeconds: 60 } };
    const { $and } = JSON.parse(JSON.parse(encodeFilter('run.state', filter)).run_filter);
    expect($and.slice(0, 3)).toEqual([{ username: { $eq: 'ana' } }, { tags: { $all: ['prod'] } }, { 'config.lr': { $eq: 0.1 } }]);
    expect(decodeFilter('run.state', encodeFilter('run.state', filter))).toEqual(filter);
  });
});

describe('for every filter', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
  const aggregate = fc.constantFrom('none', 'average', 'min', 'max');
  const window = fc.integer({ min: 1, max: 10_000 });
  const query = fc.letrec<{ any: JsonObject }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc
        .tuple(fc.constantFrom('alias', 'tag', 'display_name', 'username'), fc.constantFrom('$eq', '$regex', '$in'), text)
        .map(([field, operator, value]): JsonObject => ({ [field]: { [operator]: operator === '$in' ? [value] : value } })),
      fc.tuple(fc.constantFrom('alias', 'tag'), text).map(([field, value]): JsonObject => ({ [field]: value })),
      fc.record({ alias: text, tag: text }),
      fc.tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('any'), { maxLength: 3 })).map(([key, parts]) => ({ [key]: parts })),
      tie('any').map((part) => ({ $not: part })),
    ),
  })).any;
  const runFilter = fc.record(
    {
      user: text,
      name: text,
      tags: fc.array(text, { minLength: 1, maxLength: 3 }),
      group: text,
      jobType: text,
      config: fc.dictionary(text, fc.oneof(finite, text, fc.boolean())),
      minDurationSeconds: fc.integer({ min: 0, max: 1000 }),
    },
    { requiredKeys: [] },
  );
  const aboutRuns = { run: maybe(runFilter), query: maybe(query) };
  const comparison = fc.constantFrom('above', 'above_or_equal', 'below', 'below_or_equal', 'equal', 'not_equal');
  const threshold = fc.oneof(
    fc.record({ name: text, aggregate, window, is: comparison, threshold: finite }),
    fc.record({ name: text, aggregate, window, is: fc.constant('nan_or_infinite') }),
  );
  const amount = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  const change = fc.record(
    {
      name: text,
      aggregate,
      window,
      priorWindow: window,
      measure: fc.constantFrom('relative', 'absolute'),
      by: fc.constantFrom('increase', 'decrease', 'any', 'less_than'),
      amount,
    },
    { requiredKeys: ['name', 'aggregate', 'window', 'measure', 'by', 'amount'] },
  );
  const zscore = fc.record({
    name: text,
    window: window.filter((size) => size > 1),
    direction: fc.constantFrom('above', 'below', 'either'),
    threshold: amount,
  });
  const states = fc.uniqueArray(fc.constantFrom('running', 'finished', 'failed'), { minLength: 1 });
  const cases = fc.oneof(
    fc.record({ on: fc.constant('run.metric_threshold'), filter: fc.record({ metric: threshold, ...aboutRuns }) }),
    fc.record({ on: fc.constant('run.metric_change'), filter: fc.record({ change, ...aboutRuns }) }),
    fc.record({ on: fc.constant('run.metric_zscore'), filter: fc.record({ zscore, ...aboutRuns }) }),
    fc.record({ on: fc.constant('run.state'), filter: fc.record({ states, ...aboutRuns }) }),
    fc.record({
      on: fc.constantFrom('artifact.alias_added', 'artifact.linked'),
      filter: fc.record({ alias: maybe(text), tag: maybe(text), collection: maybe(text), query: maybe(query) }),
    }),
  );

  /** What the client makes of a saved filter when something else of the automation changes: one meaning, its own form. */
  function throughTheClient(on: AutomationEvent, saved: string): string {
    const json = JSON.parse(saved) as JsonObject;
    if (!on.startsWith('run.')) return json.filter as string;
    const normal = normalForm(JSON.parse(json.run_filter as string) as JsonValue) as JsonObject;
    return JSON.stringify({ ...json, run_filter: JSON.stringify(normal.$and ? normal : { $and: [normal] }) });
  }

  test('what is told to the client comes back with the same meaning', () => {
    fc.assert(
      fc.property(cases, ({ on, filter }) => {
        const event = on as AutomationEvent;
        const parsed = Filter.parse(JSON.parse(JSON.stringify(filter)));
        const back = decodeFilter(event, throughTheClient(event, encodeSavedFilter(event, parsed)));
        expect(sameFilter(back, parsed)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
