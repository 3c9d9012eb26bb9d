import type { Selectable } from 'kysely';
import type { MetricSeries } from '#lib/domain/metric-values.ts';
import type { MetricStream } from '#lib/domain/run-stream.ts';
import { type ChunkColumn, firstAtOrAfter } from './chunk.ts';
import type { Db } from './connect.ts';
import { firstLineOfChunkAt, type RunKey, selectFramesFrom } from './metric-chunks.ts';
import { FRAME, PackedChunk } from './metric-packing.ts';
import type { Database } from './schema.ts';

/** A metric's values with the batches that they came in: batch `i` ends before `ends[i]` and arrived at `receivedAt[i]`. */
export type StoredSeries = MetricSeries & { values: Float64Array; ends: number[]; receivedAt: number[] };

/** Lines looked at by one statement: some hundred kilobytes, whatever the run's length. */
const LINES_AT_ONCE = 8192;

/** A metric's stored values in line order, part by part, so that memory stays bounded whatever the run's length. */
export async function* readSeries(db: Db, key: RunKey, stream: MetricStream, metric: string): AsyncGenerator<StoredSeries> {
  for (let from: number | null = 0; from !== null; ) {
    const part: SeriesPart = await readSeriesPart(db, key, stream, metric, { from, lines: LINES_AT_ONCE });
    if (part.series) yield part.series;
    from = part.next;
  }
}

/** `next` is the line to go on from, null at the run's end. */
export type SeriesPart = { series: StoredSeries | null; next: number | null };

/** What some lines hold of a metric; of chunks that arrived `since` alone, where that is given. */
export async function readSeriesPart(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  metric: string,
  { from, lines, since }: { from: number; lines: number; since?: number },
): Promise<SeriesPart> {
  const begin = await findFirstLine(db, key, stream, from, since ?? 0);
  if (begin === null) return { series: null, next: null };
  const to = Math.max(from, begin) + lines;
  const rows = await selectSeries(db, key, stream, metric)
    .where('frame.first_line', '>=', begin)
    .where('frame.first_line', '<', to)
    .orderBy('frame.first_line')
    .execute();
  const series = gatherSeries(rows, metric, from, to);
  return { series: series.values.length > 0 ? series : null, next: to };
}

async function findFirstLine(db: Db, key: RunKey, stream: MetricStream, from: number, since: number): Promise<number | null> {
  const row = await selectFramesFrom(db, key, stream, from)
    .select('first_line')
    .where('received_at', '>=', since)
    .limit(1)
    .executeTakeFirst();
  return row?.first_line ?? null;
}

/** Frames with the metric's column, where that lies apart: one statement, so that both are of the same moment. */
const selectSeries = (db: Db, { entityId, run }: RunKey, stream: MetricStream, metric: string) =>
  db
    .selectFrom('metric_chunks as frame')
    .leftJoin('metric_chunks as own', (join) =>
      join
        .onRef('own.entity_id', '=', 'frame.entity_id')
        .onRef('own.run', '=', 'frame.run')
        .onRef('own.stream', '=', 'frame.stream')
        .onRef('own.first_line', '=', 'frame.first_line')
        .on('own.metric', '=', metric)
        .on('own.metric', '<>', FRAME),
    )
    .select(['frame.first_line', 'frame.received_at', 'frame.packed', 'own.packed as own'])
    .where('frame.entity_id', '=', entityId)
    .where('frame.run', '=', run)
    .where('frame.stream', '=', stream)
    .where('frame.metric', '=', FRAME);

type SeriesRow = Pick<Selectable<Database['metric_chunks']>, 'first_line' | 'received_at' | 'packed'> & { own: Uint8Array | null };

function columnOf(row: SeriesRow, frame: PackedChunk, metric: string): ChunkColumn | null {
  return row.own ? new PackedChunk(row.own).column(metric) : frame.column(metric);
}

function gatherSeries(rows: readonly SeriesRow[], metric: string, from: number, to: number): StoredSeries {
  const parts: { lines: Float64Array; steps: Float64Array; values: Float64Array }[] = [];
  const ends: number[] = [];
  const receivedAt: number[] = [];
  let gathered = 0;
  for (const row of rows) {
    const frame = new PackedChunk(row.packed);
    const column = columnOf(row, frame, metric);
    if (!column) continue;
    const part = cut(row.first_line, frame.steps(), column, from, to);
    if (part.values.length === 0) continue;
    parts.push(part);
    const arrivals = frame.arrivals();
    let after = row.first_line;
    let taken = 0;
    for (let batch = 0; batch < (arrivals?.counts.length ?? 1); batch++) {
      after += arrivals ? arrivals.counts[batch]! : frame.count;
      const until = after >= to ? part.lines.length : firstFrom(part.lines, after, taken);
      if (until === taken) continue;
      taken = until;
      ends.push(gathered + taken);
      receivedAt.push(arrivals ? arrivals.at[batch]! : row.received_at);
      if (taken === part.lines.length) break;
    }
    gathered += part.values.length;
  }
  return { ...joinParts(parts), ends, receivedAt };
}

/** The first index from `start` on whose line is at least `line`: a step or two away, in a chunk of small batches. */
function firstFrom(lines: Float64Array, line: number, start: number): number {
  for (let index = start; index < start + 8; index++) if (index >= lines.length || lines[index]! >= line) return index;
  return firstAtOrAfter(lines, line);
}

function cut(firstLine: number, steps: Float64Array, { at, values }: ChunkColumn, from: number, to: number) {
  const begin = Math.max(0, from - firstLine);
  const end = to - firstLine;
  const first = at ? firstAtOrAfter(at, begin) : Math.min(begin, values.length);
  const after = at ? firstAtOrAfter(at, end) : Math.min(end, values.length);
  const count = after - first;
  const lines = new Float64Array(count);
  const ownSteps = at ? new Float64Array(count) : steps.subarray(first, after);
  for (let i = 0; i < count; i++) {
    const place = at ? at[first + i]! : first + i;
    lines[i] = firstLine + place;
    if (at) ownSteps[i] = steps[place]!;
  }
  return { lines, steps: ownSteps, values: values.subarray(first, after) };
}

function joinParts(parts: readonly { lines: Float64Array; steps: Float64Array; values: Float64Array }[]) {
  if (parts.length === 1) return parts[0]!;
  const length = parts.reduce((sum, { values }) => sum + values.length, 0);
  const joined = { lines: new Float64Array(length), steps: new Float64Array(length), values: new Float64Array(length) };
  let next = 0;
  for (const { lines, steps, values } of parts) {
    joined.lines.set(lines, next);
    joined.steps.set(steps, next);
    joined.values.set(values, next);
    next += values.length;
  }
  return joined;
}

/** The first look is at this many lines; a metric that is logged seldom makes it look further back. */
const FIRST_LOOK_LINES = 256;

/** The last `count` finite values of a metric before `beforeLine`, oldest first, with their steps; reads little more than that takes. */
export async function listLastPoints(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  metric: string,
  beforeLine: number,
  count: number,
): Promise<{ step: number; value: number }[]> {
  const newestFirst: { step: number; value: number }[] = [];
  let to = beforeLine;
  for (let span = Math.max(FIRST_LOOK_LINES, 2 * count); newestFirst.length < count && to > 0; span *= 4) {
    const rows = await selectSeries(db, key, stream, metric)
      .where('frame.first_line', '>=', firstLineOfChunkAt(key, stream, Math.max(0, to - span)))
      .where('frame.first_line', '<', to)
      .orderBy('frame.first_line')
      .execute();
    const { steps, values } = gatherSeries(rows, metric, 0, to);
    for (let i = values.length - 1; i >= 0 && newestFirst.length < count; i--) {
      if (Number.isFinite(values[i])) newestFirst.push({ step: steps[i]!, value: values[i]! });
    }
    to = rows[0]?.first_line ?? 0;
  }
  return newestFirst.reverse();
}

/** The same without their steps: what a window is rebuilt from. */
export async function listLastValues(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  metric: string,
  beforeLine: number,
  count: number,
): Promise<number[]> {
  return (await listLastPoints(db, key, stream, metric, beforeLine, count)).map(({ value }) => value);
}

const FRAMES_AT_ONCE = 64;

/** When each batch of a stream of lines arrived, in line order; one may come twice where chunks are put together meanwhile. */
export async function* readArrivals(db: Db, key: RunKey, stream: MetricStream): AsyncGenerator<number> {
  for (let from = 0; ; ) {
    const rows = await selectFramesFrom(db, key, stream, from)
      .select(['last_line', 'received_at', 'packed'])
      .limit(FRAMES_AT_ONCE)
      .execute();
    for (const row of rows) yield* new PackedChunk(row.packed).arrivals()?.at ?? [row.received_at];
    if (rows.length < FRAMES_AT_ONCE) return;
    from = rows.at(-1)!.last_line + 1;
  }
}
