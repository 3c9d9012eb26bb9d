import { describe, expect, test } from 'vitest';
import { checkQuery } from './check-query.ts';
import { type Described, describeAutomation, describeFilter, describeInFull } from './describe.ts';
import type { JsonObject } from './json.ts';
import type { QueryFamily } from './query-fields.ts';
import { QUERY_OPERATORS } from './query-operators.ts';
import { fieldsOfQuery, queryWords } from './query-words.ts';
import { textOf } from './rule-words.ts';

const WORDS: [QueryFamily, JsonObject, string][] = [
  ['run', { display_name: 'a' }, 'the name is a'],
  [
    'run',
    { $and: [{ display_name: { $contains: 'sweep' } }, { state: { $ne: 'failed' } }] },
    'the name contains sweep and the state is not failed',
  ],
  [
    'run',
    { $or: [{ display_name: { $eq: 'a' } }, { username: { $in: ['b', 'c', 'd'] } }] },
    '(the name is a or the user is one of b, c or d)',
  ],
  ['run', { $not: { group: { $regex: '^x' } } }, 'not (the group matches ^x)'],
  ['run', { group: { $not: { $regex: '^x' } } }, 'not (the group matches ^x)'],
  ['run', { $nor: [{ jobType: 'eval' }, { name: 'r1' }] }, 'neither (the job type is eval) nor (the id is r1)'],
  ['run', { 'config.lr': { $gte: 0.1, $lt: 1 } }, 'config.lr is at least 0.1 and config.lr is below 1'],
  ['run', { tags: { $all: ['a', 'b'] } }, 'the tags include a and b'],
  ['run', { tags: { $ne: 'a' } }, 'no tag is a'],
  ['run', { tags: { $nin: ['a', 'b'] } }, 'no tag is one of a or b'],
  ['run', { tags: { $size: 2 } }, 'the number of entries in the tags is 2'],
  ['run', { group: null }, 'the group is not set'],
  ['run', { 'summary_metrics.loss': { $exists: true } }, 'summary_metrics.loss is set'],
  ['run', { created_at: { $gt: '2026-01-01' } }, 'the start is after 2026-01-01'],
  ['artifact', { $or: [{ $and: [{ alias: { $eq: 'prod' } }] }] }, 'an alias is prod'],
  ['collection', { $and: [] }, ''],
];

test('the fields that a query asks about are found at every depth', () => {
  const query: JsonObject = { $or: [{ $and: [{ alias: { $eq: 'production' } }, { $not: { tag: 'a' } }, { alias: 'b' }] }] };
  expect(fieldsOfQuery(query)).toEqual(['alias', 'tag']);
  expect(fieldsOfQuery({ alias: { $not: { $regex: '^v' } } })).toEqual(['alias']);
  expect(fieldsOfQuery({ $and: [] })).toEqual([]);
});

describe('a query in words', () => {
  test.each(WORDS)('%s %j', (family, query, words) => {
    expect(checkQuery(query, family)).toEqual([]);
    expect(textOf(queryWords(query))).toBe(words);
  });

  test('there are words for every operator', () => {
    for (const operator of Object.keys(QUERY_OPERATORS)) {
      const operand = ['$in', '$nin', '$all'].includes(operator) ? ['a'] : 1;
      expect(textOf(queryWords({ name: { [operator]: operand } }))).not.toMatch(/\$|undefined/);
    }
  });

  test('a long one stays as it was written', () => {
    const query = { $or: Array.from({ length: 9 }, (_, index) => ({ display_name: `r${index}` })) };
    expect(textOf(queryWords(query))).toBe(JSON.stringify(query));
  });
});

describe('an automation of the Python client reads as one of the dashboard', () => {
  const alias = (condition: JsonObject): Described => ({
    on: 'artifact.alias_added',
    filter: { query: { $or: [{ $and: [condition] }] } },
    scope: { registry: 'model' },
    action: { webhook: 'deploy-hook' },
  });

  test('its alias by name or by pattern', () => {
    expect(textOf(describeAutomation(alias({ alias: { $eq: 'production' } })))).toBe('When the alias production is added → deploy-hook');
    expect(textOf(describeAutomation(alias({ alias: { $regex: '^v' } })))).toBe('When an alias matching ^v is added → deploy-hook');
    expect(textOf(describeInFull(alias({ alias: { $eq: 'production' } })))).toBe(
      'When the alias production is added in the registry model, Hookline sends the event to deploy-hook.',
    );
  });

  test('what no field can say follows as a sentence', () => {
    expect(textOf(describeInFull(alias({ alias: { $ne: 'latest' } })))).toBe(
      'When an alias is added in the registry model where no alias is latest, Hookline sends the event to deploy-hook.',
    );
  });

  test('conditions on its run', () => {
    const query: JsonObject = { $and: [{ username: { $eq: 'ana' } }, { display_name: { $contains: 'sweep' } }] };
    expect(describeFilter('run.state', { states: ['failed'], query }).map(textOf)).toEqual([
      'the new state is Failed',
      'runs by ana',
      'where the name contains sweep',
    ]);
  });
});
