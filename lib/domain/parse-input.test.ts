import { expect, test } from 'vitest';
import { z } from 'zod';
import { isAppError } from '#lib/errors.ts';
import { parseInput } from './parse-input.ts';

/** `place: message` of each issue. */
function refusalsOf(schema: z.ZodType, raw: unknown): string[] {
  try {
    parseInput(schema, raw);
    return [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return (error.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  }
}

const Body = z.strictObject({
  name: z.string().min(1).max(4),
  count: z.int().min(2).max(5).optional(),
  names: z.array(z.string()).max(1).optional(),
  kind: z.enum(['user', 'team']).optional(),
  on: z.boolean().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  where: z.object({ at: z.string() }).optional(),
});

test.each([
  [{}, 'name: This is missing. Give text.'],
  [{ name: '' }, 'name: Do not leave this empty.'],
  [{ name: 'too long' }, 'name: Give at most 4 characters.'],
  [{ name: 'a', count: 9 }, 'count: Give at most 5.'],
  [{ name: 'a', count: 1 }, 'count: Give at least 2.'],
  [{ name: 'a', count: 2.5 }, 'count: Give a whole number.'],
  [{ name: 'a', names: ['a', 'b'] }, 'names: Give at most 1 entry.'],
  [{ name: 'a', kind: 'robot' }, 'kind: Give "user" or "team".'],
  [{ name: 'a', on: 'yes' }, 'on: Give true or false.'],
  [{ name: 'a', since: 'today' }, 'since: Give a time as ISO 8601 with a zone, such as "2026-11-21T02:00:00Z".'],
  [{ name: 'a', where: {} }, 'where.at: This is missing. Give text.'],
  [{ name: 'a', wehre: {} }, 'wehre: There is no field "wehre" here. Remove it or check its spelling.'],
  [
    { name: 'a', true: 'yes' },
    'true: There is no field "true" here. Where YAML was read as version 1.1, the key on became true: write "on" in quotes.',
  ],
])('%j is refused in words that say what to give', (raw, refusal) => {
  expect(refusalsOf(Body, raw)).toEqual([refusal]);
});

test('of several forms the closest is spoken of, of several kinds of value all', () => {
  const Forms = z.union([z.strictObject({ url: z.string() }), z.strictObject({ token: z.string(), channel: z.string() })], 'Give one.');
  expect(refusalsOf(Forms, { token: 'x' })).toEqual(['channel: This is missing. Give text.']);
  const Value = z.object({ value: z.union([z.number(), z.literal('NaN')], 'Give a number or "NaN".') });
  expect(refusalsOf(Value, { value: true })).toEqual(['value: Give a number or "NaN".']);
});

test('words of the schema’s own come first', () => {
  expect(refusalsOf(z.object({ name: z.string('Give a name.') }), {})).toEqual(['name: Give a name.']);
});
