import type { MetricSeries } from '#lib/domain/metric-values.ts';
import type { LoggedLine } from '#lib/domain/run-stream.ts';
import type { Db } from './connect.ts';
import { insertMissingRows } from './insert-rows.ts';
import { packLines, unpackLines, unpackSeries } from './metric-packing.ts';
import type { MetricStream } from './schema.ts';

export type RunKey = { entityId: number; run: number };

/** Rows of whole batches; compacted rows carry their metric's name. */
const WHOLE_BATCH = '';
const CHUNKS_READ_AT_ONCE = 64;

/** Stores a flushed batch as one row, whatever the number of its metrics. Its lines must be new. */
export async function insertMetricChunk(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  firstLine: number,
  lines: readonly LoggedLine[],
  nowMs: number,
): Promise<void> {
  await db
    .insertInto('metric_chunks')
    .values({
      entity_id: entityId,
      run,
      stream,
      metric: WHOLE_BATCH,
      first_line: firstLine,
      last_line: firstLine + lines.length - 1,
      received_at: nowMs,
      packed: packLines(lines),
    })
    .execute();
}

/** Places in a stream that no stored chunk has. */
export type LineGap = { firstLine: number; lastLine: number };

/** Puts lines where lines are stored already; answers whether any differed, and which of the places are still empty. */
export async function overwriteLines(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  firstLine: number,
  lines: readonly LoggedLine[],
): Promise<{ changed: boolean; missing: LineGap[] }> {
  const lastLine = firstLine + lines.length - 1;
  const chunks = db
    .selectFrom('metric_chunks')
    .select(['first_line', 'packed'])
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('stream', '=', stream)
    .where('metric', '=', WHOLE_BATCH)
    .where('first_line', '<=', lastLine)
    .where('last_line', '>=', firstLine)
    .orderBy('first_line');
  const missing: LineGap[] = [];
  let changed = false;
  let next = firstLine;
  for (const row of await chunks.execute()) {
    if (row.first_line > next) missing.push({ firstLine: next, lastLine: row.first_line - 1 });
    const stored = unpackLines(row.packed);
    next = Math.max(next, row.first_line + stored.length);
    const merged = stored.map((line, index) => lines[row.first_line + index - firstLine] ?? line);
    const packed = packLines(merged);
    if (Buffer.compare(packed, row.packed) === 0) continue;
    changed = true;
    await db
      .updateTable('metric_chunks')
      .set({ packed })
      .where('entity_id', '=', entityId)
      .where('run', '=', run)
      .where('stream', '=', stream)
      .where('metric', '=', WHOLE_BATCH)
      .where('first_line', '=', row.first_line)
      .execute();
  }
  if (next <= lastLine) missing.push({ firstLine: next, lastLine });
  return { changed, missing };
}

/** Notes metrics that the run, and with it the project, has not had before. */
export async function insertRunMetrics(
  db: Db,
  { entityId, run }: RunKey,
  projectId: number,
  metrics: readonly string[],
  nowMs: number,
): Promise<void> {
  await insertMissingRows(
    db,
    'run_metrics',
    metrics.map((metric) => ({ entity_id: entityId, run, metric, first_at: nowMs })),
  );
  await insertMissingRows(
    db,
    'project_metrics',
    metrics.map((metric) => ({ entity_id: entityId, project_id: projectId, metric, last_at: nowMs })),
  );
}

export async function listRunMetrics(db: Db, { entityId, run }: RunKey): Promise<string[]> {
  const rows = await db
    .selectFrom('run_metrics')
    .select('metric')
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .orderBy('metric')
    .execute();
  return rows.map((row) => row.metric);
}

/** The last `count` finite values of a metric before `beforeLine`, oldest first; reads no more chunks than that takes. */
export async function listLastValues(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  metric: string,
  beforeLine: number,
  count: number,
): Promise<number[]> {
  const newestFirst: number[] = [];
  for (const stored of [WHOLE_BATCH, metric]) {
    for (let below = beforeLine; newestFirst.length < count; ) {
      const rows = await db
        .selectFrom('metric_chunks')
        .select(['first_line', 'packed'])
        .where('entity_id', '=', entityId)
        .where('run', '=', run)
        .where('stream', '=', stream)
        .where('metric', '=', stored)
        .where('first_line', '<', below)
        .orderBy('first_line', 'desc')
        .limit(CHUNKS_READ_AT_ONCE)
        .execute();
      for (const row of rows) {
        if (newestFirst.length >= count) break;
        const series = unpackSeries(row.packed, row.first_line, metric);
        if (series) pushNewestFirst(newestFirst, series, beforeLine, count);
      }
      if (rows.length < CHUNKS_READ_AT_ONCE) break;
      below = rows.at(-1)!.first_line;
    }
  }
  return newestFirst.reverse();
}

function pushNewestFirst(into: number[], { lines, values }: MetricSeries, beforeLine: number, count: number): void {
  for (let i = values.length - 1; i >= 0 && into.length < count; i--) {
    if (lines[i]! < beforeLine && Number.isFinite(values[i])) into.push(values[i]!);
  }
}

/** A metric's stored values in line order, chunk by chunk, so that memory stays bounded whatever the run's length. */
export async function* readSeries(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  metric: string,
): AsyncGenerator<MetricSeries & { receivedAt: number }> {
  for (const stored of [metric, WHOLE_BATCH]) {
    let after = -1;
    for (;;) {
      const rows = await db
        .selectFrom('metric_chunks')
        .select(['first_line', 'packed', 'received_at'])
        .where('entity_id', '=', entityId)
        .where('run', '=', run)
        .where('stream', '=', stream)
        .where('metric', '=', stored)
        .where('first_line', '>', after)
        .orderBy('first_line')
        .limit(CHUNKS_READ_AT_ONCE)
        .execute();
      for (const row of rows) {
        const series = unpackSeries(row.packed, row.first_line, metric);
        if (series) yield { ...series, receivedAt: row.received_at };
      }
      if (rows.length < CHUNKS_READ_AT_ONCE) break;
      after = rows.at(-1)!.first_line;
    }
  }
}

/** A run's lines as they were logged, from `fromLine` on, at most `limit`. */
export async function listLines(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  fromLine: number,
  limit: number,
): Promise<{ line: number; logged: LoggedLine }[]> {
  const found: { line: number; logged: LoggedLine }[] = [];
  let from = fromLine;
  while (found.length < limit) {
    const rows = await db
      .selectFrom('metric_chunks')
      .select(['first_line', 'last_line', 'packed'])
      .where('entity_id', '=', entityId)
      .where('run', '=', run)
      .where('stream', '=', stream)
      .where('metric', '=', WHOLE_BATCH)
      .where('last_line', '>=', from)
      .orderBy('first_line')
      .limit(CHUNKS_READ_AT_ONCE)
      .execute();
    for (const row of rows) {
      for (const [index, logged] of unpackLines(row.packed).entries()) {
        const line = row.first_line + index;
        if (line >= from && found.length < limit) found.push({ line, logged });
      }
    }
    if (rows.length < CHUNKS_READ_AT_ONCE) break;
    from = rows.at(-1)!.last_line + 1;
  }
  return found;
}

/** The step of a line; of the one before it where no chunk holds the line. */
export async function findStepAt(db: Db, { entityId, run }: RunKey, stream: MetricStream, line: number): Promise<number | null> {
  const row = await db
    .selectFrom('metric_chunks')
    .select(['first_line', 'packed'])
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('stream', '=', stream)
    .where('metric', '=', WHOLE_BATCH)
    .where('first_line', '<=', line)
    .orderBy('first_line', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const lines = unpackLines(row.packed);
  return lines[Math.min(lines.length - 1, line - row.first_line)]!.step;
}

/** Deletes the lines after a step; answers the last one left. */
export async function dropLinesAfterStep(
  db: Db,
  { entityId, run }: RunKey,
  stream: MetricStream,
  step: number,
  nowMs: number,
): Promise<{ line: number; logged: LoggedLine } | null> {
  const chunks = (first: number) =>
    db
      .selectFrom('metric_chunks')
      .select(['first_line', 'packed'])
      .where('entity_id', '=', entityId)
      .where('run', '=', run)
      .where('stream', '=', stream)
      .where('metric', '=', WHOLE_BATCH)
      .where('first_line', '<', first)
      .orderBy('first_line', 'desc')
      .limit(1)
      .executeTakeFirst();
  for (let row = await chunks(Number.MAX_SAFE_INTEGER); row; row = await chunks(row.first_line)) {
    const lines = unpackLines(row.packed);
    const kept = lines.filter((line) => line.step <= step);
    if (kept.length < lines.length) {
      await db
        .deleteFrom('metric_chunks')
        .where('entity_id', '=', entityId)
        .where('run', '=', run)
        .where('stream', '=', stream)
        .where('metric', '=', WHOLE_BATCH)
        .where('first_line', '=', row.first_line)
        .execute();
      if (kept.length > 0) await insertMetricChunk(db, { entityId, run }, stream, row.first_line, kept, nowMs);
    }
    if (kept.length > 0) return { line: row.first_line + kept.length - 1, logged: kept.at(-1)! };
  }
  return null;
}
