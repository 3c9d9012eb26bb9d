import type { JsonValue } from '#lib/domain/json.ts';
import { toMetricValue, toNumber } from '#lib/domain/metric-values.ts';
import type { LoggedLine } from '#lib/domain/run-stream.ts';

/** Lines that follow each other, column by column. */
export type Chunk = {
  count: number;
  steps: Float64Array;
  columns: Map<string, ChunkColumn>;
  /** What a line holds besides numbers, by its place in the chunk. */
  others: Map<number, Record<string, JsonValue>>;
  arrivals: Arrivals;
};

/** A metric's values in line order; `at` are the places of the lines that have one, null where all do. */
export type ChunkColumn = { at: Float64Array | null; values: Float64Array };

/** The batches that the lines came in: how many lines each has, and when it arrived. */
export type Arrivals = { counts: Float64Array; at: Float64Array };

/** Lines of one batch. */
export function toChunk(lines: readonly LoggedLine[], receivedAt: number): Chunk {
  const gathered = new Map<string, { at: number[]; values: number[] }>();
  const others: Chunk['others'] = new Map();
  for (let place = 0; place < lines.length; place++) {
    const { values, clocks, others: rest } = lines[place]!;
    for (const metric in values) gather(gathered, metric, place, toNumber(values[metric]!));
    if (clocks) for (const clock in clocks) gather(gathered, clock, place, clocks[clock]!);
    if (rest && Object.keys(rest).length > 0) others.set(place, rest);
  }
  const columns: Chunk['columns'] = new Map();
  for (const [metric, { at, values }] of gathered) {
    columns.set(metric, { at: at.length < lines.length ? Float64Array.from(at) : null, values: Float64Array.from(values) });
  }
  const steps = new Float64Array(lines.length);
  for (let place = 0; place < lines.length; place++) steps[place] = lines[place]!.step;
  return {
    count: lines.length,
    steps,
    columns,
    others,
    arrivals: { counts: Float64Array.of(lines.length), at: Float64Array.of(receivedAt) },
  };
}

function gather(into: Map<string, { at: number[]; values: number[] }>, metric: string, place: number, value: number): void {
  let column = into.get(metric);
  if (!column) {
    column = { at: [], values: [] };
    into.set(metric, column);
  }
  column.at.push(place);
  column.values.push(value);
}

export function toLines(chunk: Chunk): LoggedLine[] {
  const lines: LoggedLine[] = Array.from(chunk.steps, (step) => ({ step, values: Object.create(null) }));
  for (const [metric, { at, values }] of chunk.columns) {
    for (let i = 0; i < values.length; i++) lines[at ? at[i]! : i]!.values[metric] = toMetricValue(values[i]!);
  }
  for (const [place, others] of chunk.others) lines[place]!.others = others;
  return lines;
}

/** The lines from one place up to another. */
export function sliceChunk(chunk: Chunk, from: number, to: number): Chunk {
  const begin = Math.max(0, from);
  const end = Math.max(begin, Math.min(chunk.count, to));
  const columns: Chunk['columns'] = new Map();
  for (const [metric, { at, values }] of chunk.columns) {
    const first = at ? firstAtOrAfter(at, begin) : begin;
    const after = at ? firstAtOrAfter(at, end) : end;
    if (first === after) continue;
    const isWhole = after - first === end - begin;
    columns.set(metric, {
      at: at && !isWhole ? at.subarray(first, after).map((place) => place - begin) : null,
      values: values.subarray(first, after),
    });
  }
  const others: Chunk['others'] = new Map();
  for (const [place, rest] of chunk.others) if (place >= begin && place < end) others.set(place - begin, rest);
  return {
    count: end - begin,
    steps: chunk.steps.subarray(begin, end),
    columns,
    others,
    arrivals: sliceArrivals(chunk.arrivals, begin, end),
  };
}

function sliceArrivals({ counts, at }: Arrivals, begin: number, end: number): Arrivals {
  const kept: { count: number; at: number }[] = [];
  let first = 0;
  for (let batch = 0; batch < counts.length && first < end; batch++) {
    const after = first + counts[batch]!;
    const count = Math.min(after, end) - Math.max(first, begin);
    if (count > 0) kept.push({ count, at: at[batch]! });
    first = after;
  }
  return { counts: Float64Array.from(kept, ({ count }) => count), at: Float64Array.from(kept, (batch) => batch.at) };
}

/** Chunks one after the other as one. */
export function joinChunks(chunks: readonly Chunk[]): Chunk {
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
  const lengths = new Map<string, number>();
  for (const { columns } of chunks) {
    for (const [metric, { values }] of columns) lengths.set(metric, (lengths.get(metric) ?? 0) + values.length);
  }
  const columns: Chunk['columns'] = new Map();
  for (const [metric, length] of lengths) columns.set(metric, joinColumns(chunks, metric, length, count));
  const others: Chunk['others'] = new Map();
  let offset = 0;
  for (const chunk of chunks) {
    for (const [place, rest] of chunk.others) others.set(offset + place, rest);
    offset += chunk.count;
  }
  return {
    count,
    steps: joinNumbers(chunks.map(({ steps }) => steps)),
    columns,
    others,
    arrivals: {
      counts: joinNumbers(chunks.map(({ arrivals }) => arrivals.counts)),
      at: joinNumbers(chunks.map(({ arrivals }) => arrivals.at)),
    },
  };
}

function joinColumns(chunks: readonly Chunk[], metric: string, length: number, count: number): ChunkColumn {
  const values = new Float64Array(length);
  const at = length < count ? new Float64Array(length) : null;
  let next = 0;
  let offset = 0;
  for (const chunk of chunks) {
    const column = chunk.columns.get(metric);
    if (column) {
      values.set(column.values, next);
      if (at) for (let i = 0; i < column.values.length; i++) at[next + i] = offset + (column.at ? column.at[i]! : i);
      next += column.values.length;
    }
    offset += chunk.count;
  }
  return { at, values };
}

function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const part of parts) {
    joined.set(part, next);
    next += part.length;
  }
  return joined;
}

/** The first index whose number is at least `bound`; numbers rise. */
export function firstAtOrAfter(numbers: Float64Array, bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
