import { expect, test } from 'vitest';
import { exampleOf, innerOf, limitWords, typeWords } from './schema-words.ts';

test('types read as words', () => {
  expect(typeWords({ type: 'array', items: { type: 'string' } })).toBe('list of string');
  expect(typeWords({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBe('string or null');
  expect(typeWords({ enum: ['base64', 'hex'] })).toBe('"base64" | "hex"');
  expect(typeWords({ $ref: '#/$defs/__schema0' })).toBe('any JSON');
});

test('limits leave out those that only say what a number can be', () => {
  expect(limitWords({ type: 'integer', minimum: 1, maximum: 256 })).toEqual(['1 to 256']);
  expect(limitWords({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toEqual(['at least 0']);
});

test('an example holds what is required, nested lists included', () => {
  const schema = {
    type: 'object',
    required: ['name', 'items'],
    properties: {
      name: { type: 'string' },
      note: { type: 'string' },
      items: { type: 'array', items: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
    },
  };
  expect(exampleOf(schema)).toEqual({ name: '…', items: [{ id: 1 }] });
  expect(innerOf(schema.properties.items)).toMatchObject({ kind: 'properties' });
});
