import { expect, test } from 'vitest';
import { flattenMetrics, resolveMetricKey, seriesOf } from './metric-values.ts';
import type { MetricLine } from './tracked-event.ts';

test.each([
  ['numbers', { loss: 0.5, acc: 1, zero: 0 }, { loss: 0.5, acc: 1, zero: 0 }],
  [
    'markers of what is not finite',
    { a: 'NaN', b: 'Infinity', c: '-Infinity', d: Number.NaN },
    { a: 'NaN', b: 'Infinity', c: '-Infinity', d: 'NaN' },
  ],
  ['no booleans, texts, nulls or lists', { a: true, b: 'high', c: null, d: [1, 2], e: '1', f: 'nan' }, {}],
  ['nested keys with dots', { val: { loss: 1, deep: { er: 2 } } }, { 'val.loss': 1, 'val.deep.er': 2 }],
  ['the literal key over the nested one, in either order', { a: { b: 1 }, 'a.b': 2, 'c.d': 3, c: { d: 4 } }, { 'a.b': 2, 'c.d': 3 }],
  ['the literal key over the nested one even when it is no value', { a: { b: 1 }, 'a.b': 'text' }, {}],
  ['names of an object’s own', JSON.parse('{"__proto__":{"x":1},"constructor":2}'), { constructor: 2, '__proto__.x': 1 }],
])('a logged object gives %s', (_, logged, expected) => {
  expect(Object.entries(flattenMetrics(logged)).toSorted()).toEqual(Object.entries(expected).toSorted());
});

test('a series holds one metric’s values with their lines and steps', () => {
  const lines: MetricLine[] = [
    { step: 0, values: { loss: 1 } },
    { step: 5, values: { acc: 1 } },
    { step: 9, values: { loss: 'NaN' } },
  ];
  expect(seriesOf(lines, 100, 'loss')).toEqual({ lines: [100, 102], steps: [0, 9], values: [1, Number.NaN] });
});

test('a name that no history key has also means the system metric', () => {
  const keys = new Set(['loss', 'system.cpu', 'system.loss']);
  const resolve = (name: string) => resolveMetricKey(name, (key) => keys.has(key));
  expect([resolve('loss'), resolve('cpu'), resolve('system.cpu'), resolve('gpu')]).toEqual(['loss', 'system.cpu', 'system.cpu', 'gpu']);
});
