import fc from 'fast-check';
import { Query } from 'mingo';
import { describe, expect, test } from 'vitest';
import { checkQuery } from './check-query.ts';
import { aRun } from './examples.testing.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { runDocument } from './query-fields.ts';
import { matchesQuery, queryCheck } from './query-filter.ts';

const matches = (query: JsonObject, document: JsonObject = runDocument(aRun())) => matchesQuery(query, document, 'run');

/**
 * mingo, a public implementation of MongoDB's language, is the judge. Left out of the comparison, because we differ on purpose:
 * $contains (the client's own: compared with what it means, below), patterns of which RE2 and JavaScript make something else
 * (below only those that mean the same in both; RE2 refuses the others), $not around a whole condition, comparison with lists and objects (refused
 * here), $gte, $lte and $all with null (MongoDB's own also take what is missing), $all on
 * what is no list (equality in MongoDB), objects in a list of which some lack
 * the key (missing there, as in MongoDB), lists within lists, and the order of an object's keys (counts there, not here).
 */
describe('agrees with mingo on generated documents', () => {
  const scalar = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom('', 'a', 'b', 'ab', 'B', '2'), fc.boolean(), fc.constant(null));
  const present = scalar.filter((value) => value !== null);
  const leaf = fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) });
  const inner = fc.dictionary(fc.constantFrom('x', 'y'), leaf, { maxKeys: 2, noNullPrototype: true });
  const value = fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: inner },
    { weight: 1, arbitrary: fc.array(fc.record({ x: scalar, y: scalar }, { noNullPrototype: true }), { minLength: 1, maxLength: 3 }) },
  );
  const config = fc.dictionary(fc.constantFrom('a', 'b'), value, { maxKeys: 2, noNullPrototype: true });
  const document = fc.record({ state: scalar, tags: fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 }), group: leaf, config });

  const field = fc.constantFrom('state', 'tags', 'group', 'config.a', 'config.b', 'config.a.x', 'config.a.y', 'config.b.x', 'config.a.0');
  const operators = fc.oneof(
    fc.record({ op: fc.constantFrom('$eq', '$ne'), operand: leaf as fc.Arbitrary<JsonValue> }),
    fc.record({ op: fc.constantFrom('$gt', '$gte', '$lt', '$lte'), operand: present as fc.Arbitrary<JsonValue> }),
    fc.record({ op: fc.constantFrom('$in', '$nin'), operand: fc.array(scalar, { maxLength: 3 }) as fc.Arbitrary<JsonValue> }),
    fc.record({ op: fc.constant('$all'), operand: fc.array(present, { maxLength: 3 }) as fc.Arbitrary<JsonValue> }),
    fc.record({ op: fc.constant('$exists'), operand: fc.boolean() as fc.Arbitrary<JsonValue> }),
    fc.record({ op: fc.constant('$size'), operand: fc.nat({ max: 3 }) as fc.Arbitrary<JsonValue> }),
  );
  const condition = fc.oneof(
    { weight: 1, arbitrary: leaf as fc.Arbitrary<JsonValue> },
    { weight: 5, arbitrary: operators.map(({ op, operand }) => ({ [op]: operand }) as JsonValue) },
    { weight: 1, arbitrary: fc.tuple(operators, operators).map(([a, b]) => ({ [a.op]: a.operand, [b.op]: b.operand }) as JsonValue) },
    { weight: 1, arbitrary: operators.map(({ op, operand }) => ({ $not: { [op]: operand } }) as JsonValue) },
  );
  /** A path through a list of objects: mingo measures and equals the list of what it found there, MongoDB each of them. */
  const asksForList = (held: JsonValue): boolean => {
    if (Array.isArray(held)) return true;
    if (typeof held !== 'object' || held === null) return false;
    return Object.entries(held).some(
      ([key, operand]) => key === '$size' || (!['$in', '$nin', '$all'].includes(key) && asksForList(operand)),
    );
  };
  const differs = (name: string, held: JsonValue) =>
    (name.split('.').length > 2 && asksForList(held)) || (name !== 'tags' && JSON.stringify(held).includes('$all'));
  const part = fc
    .tuple(field, condition)
    .filter(([name, held]) => !differs(name, held))
    .map(([name, held]) => ({ [name]: held }) as JsonObject);
  const query: fc.Arbitrary<JsonObject> = fc.oneof(
    { weight: 4, arbitrary: part },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(part, { minLength: 1, maxLength: 3 }))
        .map(([key, parts]) => ({ [key]: parts }) as JsonObject),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(part, part, part).map(([a, b, c]) => ({ $or: [{ $and: [a, b] }, { $nor: [c] }] }) as JsonObject),
    },
  );

  test('for every operator that both know', () => {
    fc.assert(
      fc.property(query, document, (query, document) => {
        expect(checkQuery(query, 'run')).toEqual([]);
        expect(matches(query, document as JsonObject)).toBe(new Query(query).test(document));
      }),
      { numRuns: 4_000 },
    );
  });

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '2', '.', '*', '(', '\n', 'é', '🦊', ' '), maxLength: 4 });
  const texts = fc.record({
    state: fc.oneof(letters, scalar),
    tags: fc.array(letters, { maxLength: 3 }),
    group: fc.oneof(letters, leaf),
    config: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(letters, inner, fc.array(letters, { maxLength: 3 })), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  });
  const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const agree = (query: JsonObject, theirs: JsonObject, document: unknown) => {
    expect(checkQuery(query, 'run')).toEqual([]);
    expect(matches(query, document as JsonObject)).toBe(new Query(theirs).test(document as JsonObject));
  };
  const around = fc.constantFrom(
    (held: JsonObject): JsonObject => held,
    (held: JsonObject): JsonObject => ({ $not: held }),
  );

  test('for $regex, with patterns that RE2 and JavaScript read alike', () => {
    const atom = fc.oneof(
      letters.filter((text) => text !== '').map(escaped),
      fc.constantFrom('[ab]', '[^a]', '\\d', '\\w', '\\bb', '(?:a|b)', '(a)?', 'a|b', '^', '$'),
    );
    const quantified = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{1,2}'))
      .map(([one, count]) => (['^', '$', '\\bb', 'a|b'].includes(one) ? one : `(?:${one})${count}`));
    const pattern = fc.array(quantified, { maxLength: 4 }).map((parts) => parts.join(''));
    const field = fc.constantFrom('state', 'tags', 'group', 'config.a', 'config.a.x');
    fc.assert(
      fc.property(field, pattern, around, texts, (field, $regex, wrap, document) => {
        // By its points, as RE2 counts: without the flag JavaScript sees halves of what lies beyond the first plane.
        agree({ [field]: wrap({ $regex }) }, { [field]: wrap({ $regex: new RegExp($regex, 'u') as unknown as JsonValue }) }, document);
      }),
      { numRuns: 3_000 },
    );
  });

  test('for $contains, which is a pattern of the text itself', () => {
    const field = fc.constantFrom('state', 'tags', 'group', 'config.a', 'config.a.x');
    fc.assert(
      fc.property(field, letters, around, texts, (field, $contains, wrap, document) => {
        agree({ [field]: wrap({ $contains }) }, { [field]: wrap({ $regex: escaped($contains) }) }, document);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what the client sends', () => {
  test.each<[JsonObject, boolean]>([
    [{}, true],
    [{ $and: [] }, true],
    [{ $or: [{ $and: [] }] }, true],
    [{ $and: [{}] }, true],
    [{ $or: [] }, false],
    [{ $nor: [] }, true],
    [{ display_name: 'swift-fox-12' }, true],
    [{ displayName: { $contains: 'fox' } }, true],
    [{ display_name: { $contains: 'FOX' } }, false],
    [{ display_name: { $regex: '^swift-.*\\d$' } }, true],
    [{ display_name: { $regex: 'fox$' } }, false],
    [{ name: 'r1' }, true],
    [{ $not: { display_name: { $eq: 'swift-fox-12' } } }, false],
    [{ username: { $in: ['ana', 'ben'] } }, true],
    [{ tags: 'baseline' }, true],
    [{ tags: { $ne: 'baseline' } }, false],
    [{ tags: { $all: ['a100', 'baseline'] } }, true],
    [{ state: { $all: ['running'] } }, true],
    [{ tags: { $all: [] } }, false],
    [{ tags: { $contains: 'base' } }, true],
    [{ tags: { $size: 2 } }, true],
    [{ 'config.lr': { $lte: 0.1 } }, true],
    [{ 'config.lr.value': { $gt: 0.1 } }, false],
    [{ 'config.model.value.depth': 50 }, true],
    [{ 'config.model.depth.value': 50 }, true],
    [{ 'config.absent': { $exists: false } }, true],
    [{ 'config.absent': null }, true],
    [{ 'summary_metrics.acc': { $gte: 0.9 } }, true],
    [{ 'summary_metrics.acc': { $gte: '0.9' } }, false],
    [{ created_at: { $gt: '2026-11-20' } }, true],
    [{ createdAt: { $lt: '2026-11-21T02:00:00' } }, false],
    [{ createdAt: { $lte: '2026-11-21T02:00:00Z' } }, true],
    [{ createdAt: { $gte: '2026-11-21T03:30:00+01:00' } }, false],
    [{ createdAt: { $exists: true } }, true],
  ])('%j: %s', (query, expected) => {
    expect(checkQuery(query, 'run')).toEqual([]);
    expect(matches(query)).toBe(expected);
  });

  test('a config key named "value" is read before the client’s wrapping', () => {
    const document = runDocument(aRun({ config: { lr: { value: 3 }, 'a.b': 1, a: { b: 2 } } }));
    expect(matches({ 'config.lr.value': 3 }, document)).toBe(true);
    expect(matches({ 'config.a.b': 1 }, document)).toBe(true);
  });
});

describe('what is refused', () => {
  const paths = (query: JsonValue, family: 'run' | 'artifact' | 'collection' = 'run') =>
    checkQuery(query, family).map((issue) => issue.path.join('.'));
  test.each<[JsonValue, string[]]>([
    [{ nme: 'x' }, ['nme']],
    [{ config: { lr: 1 } }, ['config']],
    [{ 'config.': 1 }, ['config.']],
    [{ state: { $where: '1' } }, ['state.$where']],
    [{ $where: '1' }, ['$where']],
    [{ state: { $eq: 'a', plain: 1 } }, ['state.plain']],
    [{ $and: [{ state: 'a' }, { $or: { a: 1 } }] }, ['$and.1.$or']],
    [{ $and: ['x'] }, ['$and.0']],
    [{ state: { $in: 'a' } }, ['state.$in']],
    [{ state: { $gt: [1] } }, ['state.$gt']],
    [{ state: { $regex: '(a' } }, ['state.$regex']],
    [{ state: { $regex: '(?=a)' } }, ['state.$regex']],
    [{ state: { $size: -1 } }, ['state.$size']],
    [{ state: { $exists: 1 } }, ['state.$exists']],
    [{ state: { $not: 'a' } }, ['state.$not']],
    [{ createdAt: { $gt: 'yesterday' } }, ['createdAt.$gt']],
    [[], ['']],
    ['x', ['']],
  ])('%j at %j', (query, expected) => expect(paths(query)).toEqual(expected));

  test('fields belong to their family', () => {
    expect(paths({ alias: 'x', tag: 'y' }, 'artifact')).toEqual([]);
    expect(paths({ alias: 'x', tag: 'y' }, 'collection')).toEqual(['alias']);
    expect(paths({ alias: 'x' }, 'run')).toEqual(['alias']);
  });
  test('depth and size are bounded', () => {
    let deep: JsonValue = { state: 'a' };
    for (let i = 0; i < 60; i++) deep = { $not: deep };
    expect(checkQuery(deep, 'run')).toHaveLength(1);
    expect(checkQuery({ state: { $in: Array.from({ length: 2000 }, String) } }, 'run')[0]?.message).toMatch(/at most 1,000 clauses/);
  });
});

test('a query that does not match says which part, with the value', () => {
  const text = (query: JsonObject) => queryCheck(query, runDocument(aRun()), 'run').text();
  expect(text({ $and: [{ state: 'running' }, { display_name: { $contains: 'x-large' } }] })).toBe(
    'the name was "swift-fox-12", not containing "x-large"',
  );
  const excluded = 'The filter excludes it, because the name contains swift';
  expect(text({ $not: { display_name: { $contains: 'swift' } } })).toBe(excluded);
  expect(text({ display_name: { $not: { $contains: 'swift' } } })).toBe(excluded);
  expect(text({ $nor: [{ state: 'failed' }, { display_name: { $contains: 'swift' } }] })).toBe(excluded);
  expect(text({ 'config.lr': { $gt: 1 } })).toBe('config.lr was 0.1, not above 1');
  expect(text({ state: 'running' })).toBe('The query matches');
});
