import { sql } from 'kysely';
import { jsonEquals } from '#lib/domain/json-equals.ts';
import type { LoggedLine, MetricStream } from '#lib/domain/run-stream.ts';
import { type Chunk, joinChunks, sliceChunk, toChunk, toLines } from './chunk.ts';
import type { Db } from './connect.ts';
import { insertRows } from './insert-rows.ts';
import { FRAME, PackedChunk, packApart, packChunk } from './metric-packing.ts';
import { prepared } from './prepared.ts';

export type RunKey = { entityId: number; run: number };

/**
 * A run's stored lines, as chunks that lie end to end. A flushed batch is one row with all of its metrics; compaction makes
 * few long chunks of many, whose columns lie in rows of their own under their metric's name, beside the chunk's frame.
 */
export type StoredChunk = { firstLine: number; chunk: Chunk; isApart: boolean };

/** A flushed batch of lines that are new. */
export type NewChunk = { key: RunKey; stream: MetricStream; firstLine: number; lines: readonly LoggedLine[] };

/** Stores each batch as one row, whatever the number of its metrics. */
export async function insertMetricChunks(db: Db, batches: readonly NewChunk[], nowMs: number): Promise<void> {
  const rows = batches.map(({ key, stream, firstLine, lines }) => {
    const chunk = toChunk(lines, nowMs);
    return rowOf(key, stream, { firstLine, chunk }, FRAME, packChunk(chunk));
  });
  await insertRows(db, 'metric_chunks', rows);
}

/** Places in a stream that no stored chunk has. */
export type LineGap = { firstLine: number; lastLine: number };

/** Puts lines where lines are stored already; answers whether any differed, and which of the places are still empty. */
export async function overwriteLines(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  firstLine: number,
  lines: readonly LoggedLine[],
): Promise<{ changed: boolean; missing: LineGap[] }> {
  const end = firstLine + lines.length;
  const missing: LineGap[] = [];
  let changed = false;
  let next = firstLine;
  for (const stored of await findChunks(db, key, stream, firstLine, end - 1)) {
    if (stored.firstLine > next) missing.push({ firstLine: next, lastLine: stored.firstLine - 1 });
    const { chunk } = stored;
    next = Math.max(next, stored.firstLine + chunk.count);
    const from = Math.max(0, firstLine - stored.firstLine);
    const to = Math.min(chunk.count, end - stored.firstLine);
    const sent = toChunk(lines.slice(stored.firstLine + from - firstLine, stored.firstLine + to - firstLine), 0);
    if (holdsSame(sliceChunk(chunk, from, to), sent)) continue;
    changed = true;
    const merged = joinChunks([sliceChunk(chunk, 0, from), sent, sliceChunk(chunk, to, chunk.count)]);
    await deleteChunk(db, key, stream, stored);
    await insertChunk(db, key, stream, { ...stored, chunk: { ...merged, arrivals: chunk.arrivals } });
  }
  if (next < end) missing.push({ firstLine: next, lastLine: end - 1 });
  return { changed, missing };
}

function holdsSame(a: Chunk, b: Chunk): boolean {
  if (!sameNumbers(a.steps, b.steps) || a.columns.size !== b.columns.size || a.others.size !== b.others.size) return false;
  for (const [metric, column] of a.columns) {
    const other = b.columns.get(metric);
    if (!other || !sameNumbers(column.values, other.values) || !sameNumbers(column.at, other.at)) return false;
  }
  return [...a.others].every(([place, others]) => jsonEquals(others, b.others.get(place) ?? null));
}

const sameNumbers = (a: Float64Array | null, b: Float64Array | null) =>
  a === null || b === null ? a === b : a.length === b.length && a.every((value, index) => Object.is(value, b[index]));

/** Deletes the lines after a step; answers the last one left. */
export async function dropLinesAfterStep(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  step: number,
): Promise<{ line: number; logged: LoggedLine } | null> {
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const last = await findLastChunk(db, key, stream, below);
    if (!last) return null;
    const { firstLine, chunk } = last;
    const after = chunk.steps.findIndex((at) => at > step);
    const kept = after < 0 ? chunk.count : after;
    if (kept < chunk.count) {
      await deleteChunk(db, key, stream, last);
      if (kept > 0) await insertChunk(db, key, stream, { ...last, chunk: sliceChunk(chunk, 0, kept) });
    }
    if (kept > 0) return { line: firstLine + kept - 1, logged: toLines(sliceChunk(chunk, kept - 1, kept))[0]! };
    below = firstLine;
  }
}

/**
 * Makes one chunk of those that begin in a range of lines, with its columns apart where that is asked for; what is in them
 * stays as it is. Lines that are missing part them.
 */
export async function compactChunks(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  { from, to, apart }: { from: number; to: number; apart: boolean },
): Promise<void> {
  const stored = await findChunks(db, key, stream, from, to - 1);
  for (const neighbours of neighbouring(stored.filter(({ firstLine }) => firstLine >= from))) {
    if (neighbours.length < 2 && neighbours[0]!.isApart === apart) continue;
    for (const old of neighbours) await deleteChunk(db, key, stream, old);
    const { firstLine } = neighbours[0]!;
    await insertChunk(db, key, stream, { firstLine, chunk: joinChunks(neighbours.map(({ chunk }) => chunk)), isApart: apart });
  }
}

function neighbouring(chunks: readonly StoredChunk[]): StoredChunk[][] {
  const groups: StoredChunk[][] = [];
  let next = Number.NaN;
  for (const stored of chunks) {
    if (stored.firstLine === next) groups.at(-1)!.push(stored);
    else groups.push([stored]);
    next = stored.firstLine + stored.chunk.count;
  }
  return groups;
}

/** The frames of a stream's chunks. */
export const selectFrames = (db: Db, { entityId, run }: RunKey, stream: MetricStream) =>
  db
    .selectFrom('metric_chunks')
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('stream', '=', stream)
    .where('metric', '=', FRAME);

/** Chunks end to end have at most one that begins before a line and holds it: there a read of a range begins. */
export const firstLineOfChunkAt = ({ entityId, run }: RunKey, stream: MetricStream, line: number) =>
  sql<number>`coalesce((select max(first_line) from metric_chunks where entity_id = ${entityId} and run = ${run} and stream = ${stream}
    and metric = ${FRAME} and first_line <= ${line}), 0)`;

/** The frames of the chunks that end at a line or after it, in line order. */
export const selectFramesFrom = (db: Db, key: RunKey, stream: MetricStream, line: number) =>
  selectFrames(db, key, stream)
    .where('first_line', '>=', firstLineOfChunkAt(key, stream, line))
    .where('last_line', '>=', line)
    .orderBy('first_line');

/** The chunks that hold lines of a range, whole. */
async function findChunks(db: Db, key: RunKey, stream: MetricStream, firstLine: number, lastLine: number): Promise<StoredChunk[]> {
  const rows = await selectFramesFrom(db, key, stream, firstLine)
    .select(['first_line', 'packed', 'received_at'])
    .where('first_line', '<=', lastLine)
    .execute();
  const stored: StoredChunk[] = [];
  for (const row of rows) stored.push(await unpackRow(db, key, stream, row));
  return stored;
}

async function findLastChunk(db: Db, key: RunKey, stream: MetricStream, below: number): Promise<StoredChunk | null> {
  const row = await selectFrames(db, key, stream)
    .select(['first_line', 'packed', 'received_at'])
    .where('first_line', '<', below)
    .orderBy('first_line', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? unpackRow(db, key, stream, row) : null;
}

type FrameRow = { first_line: number; packed: Uint8Array; received_at: number };

async function unpackRow(db: Db, key: RunKey, stream: MetricStream, row: FrameRow): Promise<StoredChunk> {
  const frame = new PackedChunk(row.packed);
  const columns = await findColumns(db, key, stream, row.first_line, frame.apart);
  return { firstLine: row.first_line, chunk: frame.unpack(row.received_at, columns), isApart: frame.apart.length > 0 };
}

const NAMES_AT_ONCE = 500;

/** Columns that lie apart from the frame of the chunk at a line, by metric. */
export async function findColumns(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  firstLine: number,
  metrics: readonly string[],
): Promise<Map<string, PackedChunk>> {
  const columns = new Map<string, PackedChunk>();
  for (let at = 0; at < metrics.length; at += NAMES_AT_ONCE) {
    const rows = await db
      .selectFrom('metric_chunks')
      .select(['metric', 'packed'])
      .where('entity_id', '=', entityId)
      .where('run', '=', run)
      .where('stream', '=', stream)
      .where('metric', 'in', metrics.slice(at, at + NAMES_AT_ONCE))
      .where('first_line', '=', firstLine)
      .execute();
    for (const { metric, packed } of rows) columns.set(metric, new PackedChunk(packed));
  }
  return columns;
}

function rowOf(
  { entityId, run }: RunKey,
  stream: MetricStream,
  { firstLine, chunk }: Pick<StoredChunk, 'firstLine' | 'chunk'>,
  metric: string,
  packed: Uint8Array,
) {
  return {
    entity_id: entityId,
    run,
    stream,
    metric,
    first_line: firstLine,
    last_line: firstLine + chunk.count - 1,
    received_at: chunk.arrivals.at.reduce((newest, at) => Math.max(newest, at)),
    packed,
  };
}

async function insertChunk(db: Db, key: RunKey, stream: MetricStream, stored: StoredChunk) {
  const row = (metric: string, packed: Uint8Array) => rowOf(key, stream, stored, metric, packed);
  if (!stored.isApart) {
    await insertRows(db, 'metric_chunks', [row(FRAME, packChunk(stored.chunk))]);
    return;
  }
  const { frame, columns } = packApart(stored.chunk);
  await insertRows(db, 'metric_chunks', [row(FRAME, frame), ...Array.from(columns, ([metric, packed]) => row(metric, packed))]);
}

const deleteRows = prepared((db, given: RunKey & { stream: MetricStream; metrics: readonly string[]; firstLine: number }) =>
  db
    .deleteFrom('metric_chunks')
    .where('entity_id', '=', given.entityId)
    .where('run', '=', given.run)
    .where('stream', '=', given.stream)
    .where('metric', 'in', given.metrics)
    .where('first_line', '=', given.firstLine),
);

async function deleteChunk(db: Db, { entityId, run }: RunKey, stream: MetricStream, { firstLine, chunk, isApart }: StoredChunk) {
  const names = [FRAME, ...(isApart ? chunk.columns.keys() : [])];
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    await deleteRows(db, { entityId, run, stream, metrics: names.slice(at, at + NAMES_AT_ONCE), firstLine });
  }
}
