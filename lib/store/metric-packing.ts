import type { JsonValue } from '#lib/domain/json.ts';
import type { Arrivals, Chunk, ChunkColumn } from './chunk.ts';

/**
 * A packed chunk: a header in JSON, then numbers as 64-bit floats, column by column, so that one metric of many is read
 * without touching the rest. NaN and infinities are themselves. Columns that rise evenly (steps, mostly) take no room.
 */
type Header = {
  count: number;
  steps: Column;
  metrics: Record<
    string,
    Column & { /** Lines that have it, when not all do; a list in what older versions packed. */ at?: Column | number[] }
  >;
  others?: Record<number, Record<string, JsonValue>>;
  /** Of a chunk of several batches. */
  arrivals?: { counts: Column; at: Column };
  /** Metrics whose columns are packed apart. */
  apart?: string[];
};
type Column = { offset: number; length: number } | { start: number; stride: number; length: number };

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
const NO_COLUMN: Column = { offset: 0, length: 0 };

/** The name under which frames are stored, among the metrics' names. A metric of that name stays in its frame. */
export const FRAME = '';

/** All of a chunk. That of a single batch leaves the time of its arrival to whoever stores it. */
export function packChunk(chunk: Chunk): Uint8Array {
  const packer = new Packer();
  const header: Header = { count: chunk.count, steps: packer.put(chunk.steps), metrics: Object.create(null) };
  for (const [metric, column] of chunk.columns) header.metrics[metric] = packer.putColumn(column);
  return packer.pack(withRest(header, chunk, packer));
}

/** A chunk in parts: its frame without the columns, and each metric's column. */
export function packApart(chunk: Chunk): { frame: Uint8Array; columns: Map<string, Uint8Array> } {
  const columns = new Map<string, Uint8Array>();
  const packer = new Packer();
  const header: Header = { count: chunk.count, steps: packer.put(chunk.steps), metrics: Object.create(null) };
  for (const [metric, column] of chunk.columns) {
    if (metric === FRAME) header.metrics[metric] = packer.putColumn(column);
    else columns.set(metric, packColumn(metric, column));
  }
  header.apart = [...columns.keys()];
  return { frame: packer.pack(withRest(header, chunk, packer)), columns };
}

function packColumn(metric: string, column: ChunkColumn): Uint8Array {
  const packer = new Packer();
  const metrics: Header['metrics'] = Object.create(null);
  metrics[metric] = packer.putColumn(column);
  return packer.pack({ count: 0, steps: NO_COLUMN, metrics });
}

function withRest(header: Header, { others, arrivals }: Chunk, packer: Packer): Header {
  if (others.size > 0) header.others = Object.fromEntries(others);
  if (arrivals.counts.length > 1) header.arrivals = { counts: packer.put(arrivals.counts), at: packer.put(arrivals.at) };
  return header;
}

class Packer {
  readonly #columns: Float64Array[] = [];
  #numbers = 0;

  put(values: Float64Array): Column {
    const even = evenColumn(values);
    if (even) return even;
    const offset = this.#numbers;
    this.#numbers += values.length;
    this.#columns.push(values);
    return { offset, length: values.length };
  }

  putColumn({ at, values }: ChunkColumn): Header['metrics'][string] {
    return { ...this.put(values), ...(at && { at: this.put(at) }) };
  }

  pack(header: Header): Uint8Array {
    const text = ENCODER.encode(JSON.stringify(header));
    let offset = numbersStart(text.length);
    const packed = new Uint8Array(offset + this.#numbers * 8);
    new DataView(packed.buffer).setUint32(0, text.length, true);
    packed.set(text, 4);
    for (const { buffer, byteOffset, byteLength } of this.#columns) {
      packed.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
      offset += byteLength;
    }
    return packed;
  }
}

/** Numbers begin at a multiple of eight, so that they can be read in place. */
const numbersStart = (headerLength: number) => Math.ceil((4 + headerLength) / 8) * 8;

function evenColumn(values: Float64Array): Column | null {
  if (values.length < 2) return null;
  const start = values[0]!;
  const stride = values[1]! - start;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stride)) return null;
  for (let i = 2; i < values.length; i++) if (values[i] !== start + stride * i) return null;
  return { start, stride, length: values.length };
}

/** A packed chunk, of which only what is asked for is read. */
export class PackedChunk {
  readonly count: number;
  readonly apart: readonly string[];
  readonly #header: Header;
  readonly #packed: Uint8Array;
  readonly #start: number;

  constructor(packed: Uint8Array) {
    const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0, true);
    this.#header = JSON.parse(DECODER.decode(packed.subarray(4, 4 + length))) as Header;
    this.#packed = packed;
    this.#start = packed.byteOffset + numbersStart(length);
    this.count = this.#header.count;
    this.apart = this.#header.apart ?? [];
  }

  steps(): Float64Array {
    return this.#read(this.#header.steps);
  }

  /** The values of a metric; null where the chunk has none, or has them apart. */
  column(metric: string): ChunkColumn | null {
    if (!Object.hasOwn(this.#header.metrics, metric)) return null;
    const column = this.#header.metrics[metric]!;
    const at = column.at === undefined ? null : Array.isArray(column.at) ? Float64Array.from(column.at) : this.#read(column.at);
    return { at, values: this.#read(column) };
  }

  /** The batches in it; null where it is one. */
  arrivals(): Arrivals | null {
    const { arrivals } = this.#header;
    return arrivals ? { counts: this.#read(arrivals.counts), at: this.#read(arrivals.at) } : null;
  }

  /** All of it; `columns` are those packed apart. */
  unpack(receivedAt: number, columns: ReadonlyMap<string, PackedChunk> = new Map()): Chunk {
    const own: Chunk['columns'] = new Map();
    for (const metric in this.#header.metrics) own.set(metric, this.column(metric)!);
    for (const [metric, packed] of columns) own.set(metric, packed.column(metric)!);
    return {
      count: this.count,
      steps: this.steps(),
      columns: own,
      others: new Map(Object.entries(this.#header.others ?? {}).map(([place, others]) => [Number(place), others])),
      arrivals: this.arrivals() ?? { counts: Float64Array.of(this.count), at: Float64Array.of(receivedAt) },
    };
  }

  #read(column: Column): Float64Array {
    if ('start' in column) {
      const { start, stride, length } = column;
      const values = new Float64Array(length);
      for (let i = 0; i < length; i++) values[i] = start + stride * i;
      return values;
    }
    const begin = this.#start + column.offset * 8;
    const { buffer } = this.#packed;
    // PostgreSQL answers parts of larger buffers, which need not lie at a multiple of eight.
    if (begin % 8 === 0) return new Float64Array(buffer, begin, column.length);
    return new Float64Array(buffer.slice(begin, begin + column.length * 8));
  }
}
