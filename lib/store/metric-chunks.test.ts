import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toNumber } from '#lib/domain/metric-values.ts';
import type { LoggedLine } from '#lib/domain/run-stream.ts';
import type { Store } from './connect.ts';
import { compactChunks, dropLinesAfterStep, insertMetricChunks, overwriteLines } from './metric-chunks.ts';
import { findStepAt, listLines } from './metric-lines.ts';
import { listLastValues, readSeries, readSeriesPart } from './metric-series.ts';
import { describeStores } from './testing.ts';

const METRICS = ['loss', 'val/loss', ''];

/** What a run's stream should hold, kept as plainly as can be: lines by their places, each with its batch. */
type Model = Map<number, { logged: LoggedLine; batch: number }>;
type Step =
  | { do: 'append' | 'append after a gap'; lines: Omit<LoggedLine, 'step'>[] }
  | { do: 'send again'; from: number; lines: Omit<LoggedLine, 'step'>[] }
  | { do: 'rewind'; to: number }
  | { do: 'compact'; from: number; to: number; apart: boolean };

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('NaN' as const, 'Infinity' as const));
const line = fc.record({
  values: fc.dictionary(fc.constantFrom(...METRICS), value, { maxKeys: 3 }),
  others: fc.option(fc.dictionary(fc.constantFrom('note', 'image'), fc.string(), { minKeys: 1, maxKeys: 1 }), { nil: undefined }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: lines.map((lines) => ({ do: 'append' as const, lines })) },
  { weight: 1, arbitrary: lines.map((lines) => ({ do: 'append after a gap' as const, lines })) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send again' as const), from: share, lines }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rewind' as const), to: share }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('compact' as const), from: share, to: share, apart: fc.boolean() }) },
);

let runs = 0;

/** A stream in the store, and beside it the model; each step is done to both. */
function makeStream({ db }: Store) {
  const key = { entityId: 1, run: ++runs };
  const model: Model = new Map();
  let batches = 0;
  const end = () => Math.max(-1, ...model.keys()) + 1;
  const insert = async (firstLine: number, sent: readonly LoggedLine[]) => {
    const batch = ++batches;
    await insertMetricChunks(db, [{ key, stream: 'history', firstLine, lines: sent }], batch);
    for (const [index, logged] of sent.entries()) model.set(firstLine + index, { logged, batch });
  };
  const at = (first: number, sent: readonly Omit<LoggedLine, 'step'>[]) =>
    sent.map((rest, index): LoggedLine => ({ ...withoutUndefined(rest), step: 10 * (first + index) }));

  const take = async (step: Step) => {
    switch (step.do) {
      case 'append':
        return insert(end(), at(end(), step.lines));
      case 'append after a gap':
        return insert(end() + 2, at(end() + 2, step.lines));
      case 'send again': {
        const from = Math.floor(step.from * end());
        const sent = at(from, step.lines).slice(0, end() - from);
        if (sent.length === 0) return;
        const { missing } = await overwriteLines(db, key, 'history', from, sent);
        const empty = sent.flatMap((_, index) => (model.has(from + index) ? [] : [from + index]));
        expect(missing.flatMap(({ firstLine, lastLine }) => range(firstLine, lastLine + 1))).toEqual(empty);
        for (const [index, logged] of sent.entries()) {
          const stored = model.get(from + index);
          if (stored) model.set(from + index, { ...stored, logged });
        }
        for (const gap of missing) await insert(gap.firstLine, sent.slice(gap.firstLine - from, gap.lastLine + 1 - from));
        return;
      }
      case 'rewind': {
        const to = 10 * Math.floor(step.to * end());
        const left = await dropLinesAfterStep(db, key, 'history', to);
        for (const [place, { logged }] of model) if (logged.step > to) model.delete(place);
        expect(left?.line ?? -1).toBe(end() - 1);
        return;
      }
      case 'compact': {
        const [from, to] = [step.from, step.to].map((part) => Math.floor(part * (end() + 1))).sort((a, b) => a - b) as [number, number];
        return compactChunks(db, key, 'history', { from, to, apart: step.apart });
      }
    }
  };
  return { db, key, model, end, take };
}

const withoutUndefined = <Held extends object>(held: Held) =>
  Object.fromEntries(Object.entries(held).filter(([, part]) => part !== undefined)) as Held;
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
const inOrder = (model: Model) => [...model].sort(([a], [b]) => a - b);

/** Everything that can be read, as the model says it should be. */
async function expectAsInModel({ db, key, model, end }: ReturnType<typeof makeStream>) {
  const stored = inOrder(model);
  expect(await listLines(db, key, 'history', 0, 10_000)).toEqual(stored.map(([line, { logged }]) => ({ line, logged })));
  const middle = Math.floor(end() / 2);
  const fromMiddle = stored.filter(([line]) => line >= middle).slice(0, 3);
  expect((await listLines(db, key, 'history', middle, 3)).map(({ line }) => line)).toEqual(fromMiddle.map(([line]) => line));
  if (stored.length > 0) expect(await findStepAt(db, key, 'history', stored.at(-1)![0])).toBe(stored.at(-1)![1].logged.step);
  for (const metric of METRICS) {
    const points = stored.flatMap(([line, { logged, batch }]) =>
      metric in logged.values ? [{ line, step: logged.step, value: toNumber(logged.values[metric]!), batch }] : [],
    );
    expect(await pointsOf(readSeries(db, key, 'history', metric))).toEqual(points);
    const finite = points.filter(({ line, value }) => line < middle && Number.isFinite(value));
    expect(await listLastValues(db, key, 'history', metric, middle, 3)).toEqual(finite.slice(-3).map(({ value }) => value));
  }
}

async function pointsOf(parts: ReturnType<typeof readSeries>) {
  const points: { line: number; step: number; value: number; batch: number }[] = [];
  for await (const { lines, steps, values, ends, receivedAt } of parts) {
    let batch = 0;
    for (let i = 0; i < values.length; i++) {
      while (i >= ends[batch]!) batch++;
      points.push({ line: lines[i]!, step: steps[i]!, value: values[i]!, batch: receivedAt[batch]! });
    }
  }
  return points;
}

describeStores('stored metrics', (makeStore) => {
  test('are read as they were written, whatever was appended, sent again, rewound and compacted', async () => {
    const store = await makeStore();
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (steps) => {
        const stream = makeStream(store);
        for (const step of steps) await stream.take(step);
        await expectAsInModel(stream);
      }),
      { numRuns: store.kind === 'sqlite' ? 200 : 40 },
    );
  });

  test('are read whole by a reader that is half way when they are compacted', async () => {
    const store = await makeStore();
    for (const apart of [false, true]) {
      const stream = makeStream(store);
      for (let i = 0; i < 40; i++) await stream.take({ do: 'append', lines: [{ values: { loss: i } }] });
      const part = await readSeriesPart(store.db, stream.key, 'history', 'loss', { from: 0, lines: 13 });
      await compactChunks(store.db, stream.key, 'history', { from: 0, to: 40, apart });
      const rest = await readSeriesPart(store.db, stream.key, 'history', 'loss', { from: part.next!, lines: 100 });
      expect([...part.series!.values, ...rest.series!.values]).toEqual(range(0, 40));
      expect((await listLines(store.db, stream.key, 'history', 13, 3)).map(({ line }) => line)).toEqual([13, 14, 15]);
    }
  });

  test('of a period alone are read without the chunks from before it', async () => {
    const store = await makeStore();
    const stream = makeStream(store);
    for (let i = 0; i < 10; i++) await stream.take({ do: 'append', lines: [{ values: { loss: i } }] });
    await compactChunks(store.db, stream.key, 'history', { from: 0, to: 4, apart: true });
    const since = (at: number) => readSeriesPart(store.db, stream.key, 'history', 'loss', { from: 0, lines: 100, since: at });
    expect([...(await since(5)).series!.values]).toEqual([4, 5, 6, 7, 8, 9]);
    expect([...(await since(4)).series!.values]).toEqual(range(0, 10)); // the chunk's newest batch is of the period
    expect(await since(11)).toEqual({ series: null, next: null });
  });
});
