import type { LoggedLine, MetricStream } from '#lib/domain/run-stream.ts';
import { sliceChunk, toLines } from './chunk.ts';
import type { Db } from './connect.ts';
import { findColumns, type RunKey, selectFrames, selectFramesFrom } from './metric-chunks.ts';
import { PackedChunk } from './metric-packing.ts';

const CHUNKS_READ_AT_ONCE = 64;

/** A run's lines as they were logged, from `fromLine` on, at most `limit`. */
export async function listLines(
  db: Db,
  key: RunKey,
  stream: MetricStream,
  fromLine: number,
  limit: number,
): Promise<{ line: number; logged: LoggedLine }[]> {
  const found: { line: number; logged: LoggedLine }[] = [];
  for (let from = fromLine; found.length < limit; ) {
    const rows = await selectFramesFrom(db, key, stream, from)
      .select(['first_line', 'last_line', 'received_at', 'packed'])
      .limit(Math.min(CHUNKS_READ_AT_ONCE, limit - found.length))
      .execute();
    for (const row of rows) {
      if (found.length >= limit) return found;
      const frame = new PackedChunk(row.packed);
      const columns = await findColumns(db, key, stream, row.first_line, frame.apart);
      // Between two statements the chunk was rewritten: its lines are somewhere, so look again.
      if (columns.size < frame.apart.length) break;
      const begin = Math.max(0, from - row.first_line);
      const wanted = sliceChunk(frame.unpack(row.received_at, columns), begin, begin + limit - found.length);
      for (const [index, logged] of toLines(wanted).entries()) found.push({ line: row.first_line + begin + index, logged });
      from = row.last_line + 1;
    }
    if (rows.length === 0) break;
  }
  return found;
}

/** The step of a line; of the one before it where no chunk holds the line. */
export async function findStepAt(db: Db, key: RunKey, stream: MetricStream, line: number): Promise<number | null> {
  const row = await selectFrames(db, key, stream)
    .select(['first_line', 'packed'])
    .where('first_line', '<=', line)
    .orderBy('first_line', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const steps = new PackedChunk(row.packed).steps();
  return steps[Math.min(steps.length - 1, line - row.first_line)]!;
}
