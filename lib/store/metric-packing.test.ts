import { expect, test } from 'vitest';
import type { LoggedLine } from '#lib/domain/run-stream.ts';
import { countValues, packLines, unpackLines, unpackSeries } from './metric-packing.ts';

const lines: LoggedLine[] = [
  { step: 0, values: { loss: 0.5, 'val/loss': 'NaN' } },
  { step: 1, values: { loss: 0.4 }, others: { note: 'hello', nested: { deep: [1, 'a'] } } },
  { step: 5, values: { loss: '-Infinity', acc: 1 } },
];

test('lines come back as they were packed, with NaN, infinities, gaps and what is no number', () => {
  expect(unpackLines(packLines(lines))).toEqual(lines);
});

test('one metric is read with its lines and steps alone', () => {
  const packed = packLines(lines);
  expect(unpackSeries(packed, 100, 'acc')).toEqual({
    lines: new Float64Array([102]),
    steps: new Float64Array([5]),
    values: new Float64Array([1]),
  });
  expect(unpackSeries(packed, 100, 'loss')!.values).toEqual(new Float64Array([0.5, 0.4, Number.NEGATIVE_INFINITY]));
  expect(unpackSeries(packed, 100, 'toString')).toBeNull();
});

test('a metric named like an object’s own machinery is a metric', () => {
  const odd = [{ step: 0, values: JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, number> }];
  expect(unpackSeries(packLines(odd), 0, 'constructor')!.values).toEqual(new Float64Array([2]));
  expect(unpackSeries(packLines(odd), 0, '__proto__')!.values).toEqual(new Float64Array([1]));
});

test('columns that rise evenly take no room', () => {
  const even = Array.from({ length: 1000 }, (_, step) => ({ step, values: { epoch: step * 2 } }));
  expect(packLines(even).length).toBeLessThan(200);
  expect(unpackLines(packLines(even))).toEqual(even);
});

test('values are counted from the header', () => {
  expect(countValues(packLines(lines))).toEqual(
    new Map([
      ['loss', 3],
      ['val/loss', 1],
      ['acc', 1],
    ]),
  );
});
