import { expect, test } from 'vitest';
import { exactPattern, isBareText } from './pattern-text.ts';
import { checkPattern, searchPattern } from './regex.ts';

test('a pattern is searched anywhere in the text', () => {
  expect(searchPattern('prod', 'my-prod-eu')).toBe(true);
  expect(searchPattern('^prod$', 'my-prod-eu')).toBe(false);
  expect(searchPattern('(?i)PROD', 'my-prod-eu')).toBe(true);
});

test.each([
  ['(a', 'missing closing )'],
  ['a(?=b)', 'no look-around'],
  ['(a)\\1', 'no back-references'],
  ['x{5000}', 'invalid repeat count'],
  ['a'.repeat(1025), 'at most 1,024 characters'],
])('%s is refused with a reason', (pattern, reason) => expect(checkPattern(pattern)).toContain(reason));

test('a pattern that ruins a backtracking engine costs milliseconds', () => {
  const startedAt = performance.now();
  expect(searchPattern('(a+)+$', `${'a'.repeat(5000)}!`)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

test('bare text is told from a pattern, and can be made exact', () => {
  expect(['production', 'a-b_c 1', 'v1.2', '^x', 'a|b'].map(isBareText)).toEqual([true, true, false, false, false]);
  expect(searchPattern(exactPattern('v1.2'), 'v1.2')).toBe(true);
  expect(searchPattern(exactPattern('v1.2'), 'v1x2')).toBe(false);
  const everySign = String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 32 + at));
  expect(searchPattern(exactPattern(everySign), everySign)).toBe(true);
});
