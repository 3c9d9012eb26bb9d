import { expect, test } from 'vitest';
import type { LoggedLine } from '#lib/domain/run-stream.ts';
import { toChunk, toLines } from './chunk.ts';
import { PackedChunk, packApart, packChunk } from './metric-packing.ts';

const lines: LoggedLine[] = [
  { step: 0, values: { loss: 0.5, 'val/loss': 'NaN' } },
  { step: 1, values: { loss: 0.4 }, others: { note: 'hello', nested: { deep: [1, 'a'] } } },
  { step: 5, values: { loss: '-Infinity', acc: 1 } },
];
const pack = (packed: readonly LoggedLine[]) => packChunk(toChunk(packed, 7));
const unpack = (packed: Uint8Array) => toLines(new PackedChunk(packed).unpack(7));

test('lines come back as they were packed, with NaN, infinities, gaps and what is no number', () => {
  expect(unpack(pack(lines))).toEqual(lines);
});

test('one metric is read with the places of its lines alone', () => {
  const packed = new PackedChunk(pack(lines));
  expect(packed.column('acc')).toEqual({ at: new Float64Array([2]), values: new Float64Array([1]) });
  expect(packed.column('loss')).toEqual({ at: null, values: new Float64Array([0.5, 0.4, Number.NEGATIVE_INFINITY]) });
  expect(packed.column('toString')).toBeNull();
  expect(packed.steps()).toEqual(new Float64Array([0, 1, 5]));
});

test('columns packed apart from their frame make the same lines', () => {
  const { frame, columns } = packApart(toChunk(lines, 7));
  expect([...columns.keys()].sort()).toEqual(['acc', 'loss', 'val/loss']);
  const opened = new Map([...columns].map(([metric, packed]) => [metric, new PackedChunk(packed)]));
  expect(toLines(new PackedChunk(frame).unpack(7, opened))).toEqual(lines);
  expect(new PackedChunk(frame).column('loss')).toBeNull();
});

test('a metric named like an object’s own machinery, or not at all, is a metric', () => {
  const odd = [{ step: 0, values: JSON.parse('{"__proto__": 1, "constructor": 2, "": 3}') as Record<string, number> }];
  const packed = new PackedChunk(pack(odd));
  expect(packed.column('constructor')!.values).toEqual(new Float64Array([2]));
  expect(packed.column('__proto__')!.values).toEqual(new Float64Array([1]));
  const { frame, columns } = packApart(toChunk(odd, 7));
  expect(new PackedChunk(frame).column('')!.values).toEqual(new Float64Array([3]));
  expect(new PackedChunk(columns.get('__proto__')!).column('__proto__')!.values).toEqual(new Float64Array([1]));
});

test('columns that rise evenly take no room', () => {
  const even = Array.from({ length: 1000 }, (_, step) => ({ step, values: { epoch: step * 2 } }));
  expect(pack(even).length).toBeLessThan(200);
  expect(unpack(pack(even))).toEqual(even);
});

test('numbers that lie anywhere in a larger buffer are read', () => {
  const packed = pack(lines);
  const pool = new Uint8Array(packed.length + 3);
  pool.set(packed, 3);
  expect(unpack(pool.subarray(3))).toEqual(lines);
});

test('what an older version packed, with a list of the lines that have a metric, is read', () => {
  const header = '{"count":3,"steps":{"start":0,"stride":1,"length":3},"metrics":{"acc":{"start":5,"stride":1,"length":2,"at":[0,2]}}}';
  const packed = new Uint8Array(4 + header.length + 8);
  new DataView(packed.buffer).setUint32(0, header.length, true);
  packed.set(new TextEncoder().encode(header), 4);
  expect(unpack(packed)).toEqual([
    { step: 0, values: { acc: 5 } },
    { step: 1, values: {} },
    { step: 2, values: { acc: 6 } },
  ]);
});
