import type { JsonValue } from '#lib/domain/json.ts';
import { type MetricSeries, toMetricValue, toNumber } from '#lib/domain/metric-values.ts';
import type { LoggedLine } from '#lib/domain/run-stream.ts';

/**
 * A packed batch: a header in JSON, then numbers as 64-bit floats, column by column, so that one metric of many is read
 * without touching the rest. NaN and infinities are themselves. Columns that rise evenly (steps, mostly) take no room.
 */
type Header = {
  count: number;
  steps: Column;
  metrics: Record<string, Column & { /** Lines that have it, when not all do. */ at?: number[] }>;
  others?: Record<number, Record<string, JsonValue>>;
};
type Column = { offset: number; length: number } | { start: number; stride: number; length: number };

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

export function packLines(lines: readonly LoggedLine[]): Uint8Array {
  const columns: Float64Array[] = [];
  let numbers = 0;
  const pack = (values: Float64Array): Column => {
    const even = evenColumn(values);
    if (even) return even;
    const offset = numbers;
    numbers += values.length;
    columns.push(values);
    return { offset, length: values.length };
  };
  const header: Header = { count: lines.length, steps: pack(Float64Array.from(lines, (line) => line.step)), metrics: Object.create(null) };
  for (const [metric, { at, values }] of columnsOf(lines)) {
    header.metrics[metric] = { ...pack(Float64Array.from(values)), ...(at.length < lines.length && { at }) };
  }
  for (const [index, line] of lines.entries()) {
    if (!line.others || Object.keys(line.others).length === 0) continue;
    header.others ??= {};
    header.others[index] = line.others;
  }
  const text = ENCODER.encode(JSON.stringify(header));
  const start = numbersStart(text.length);
  const packed = new Uint8Array(start + numbers * 8);
  new DataView(packed.buffer).setUint32(0, text.length, true);
  packed.set(text, 4);
  let offset = start;
  for (const column of columns) {
    packed.set(new Uint8Array(column.buffer), offset);
    offset += column.byteLength;
  }
  return packed;
}

function columnsOf(lines: readonly LoggedLine[]) {
  const columns = new Map<string, { at: number[]; values: number[] }>();
  for (let index = 0; index < lines.length; index++) {
    const { values, clocks } = lines[index]!;
    for (const metric in values) put(columns, metric, index, toNumber(values[metric]!));
    if (clocks) for (const clock in clocks) put(columns, clock, index, clocks[clock]!);
  }
  return columns;
}

function put(columns: Map<string, { at: number[]; values: number[] }>, name: string, index: number, value: number): void {
  let column = columns.get(name);
  if (!column) {
    column = { at: [], values: [] };
    columns.set(name, column);
  }
  column.at.push(index);
  column.values.push(value);
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

type Opened = { header: Header; read: (column: Column) => Float64Array };

function open(packed: Uint8Array): Opened {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(DECODER.decode(packed.subarray(4, 4 + length))) as Header;
  const start = numbersStart(length);
  const read = (column: Column) => {
    if ('start' in column) return Float64Array.from({ length: column.length }, (_, i) => column.start + column.stride * i);
    const from = start + column.offset * 8;
    // Not packed.slice: PostgreSQL answers Buffers, whose slice copies nothing and shows the whole pool.
    const begin = packed.byteOffset + from;
    return new Float64Array(packed.buffer.slice(begin, begin + column.length * 8));
  };
  return { header, read };
}

/** One metric's values in a packed batch that begins at `firstLine`; null when it has none. */
export function unpackSeries(packed: Uint8Array, firstLine: number, metric: string): MetricSeries | null {
  const { header, read } = open(packed);
  if (!Object.hasOwn(header.metrics, metric)) return null;
  const column = header.metrics[metric]!;
  const steps = read(header.steps);
  const values = read(column);
  const { at } = column;
  return {
    lines: Float64Array.from(values, (_, i) => firstLine + (at ? at[i]! : i)),
    steps: at ? Float64Array.from(at, (index) => steps[index]!) : steps,
    values,
  };
}

/** The batch's lines as they were given. */
export function unpackLines(packed: Uint8Array): LoggedLine[] {
  const { header, read } = open(packed);
  const lines: LoggedLine[] = Array.from(read(header.steps), (step) => ({ step, values: Object.create(null) }));
  for (const metric in header.metrics) {
    const column = header.metrics[metric]!;
    const values = read(column);
    for (let i = 0; i < values.length; i++) lines[column.at ? column.at[i]! : i]!.values[metric] = toMetricValue(values[i]!);
  }
  for (const [index, others] of Object.entries(header.others ?? {})) lines[Number(index)]!.others = others;
  return lines;
}

/** How many values of each metric a packed batch holds; reads the header alone. */
export function countValues(packed: Uint8Array): Map<string, number> {
  const { header } = open(packed);
  return new Map(Object.entries(header.metrics).map(([metric, column]) => [metric, column.length]));
}
