import type { LoggedLine, MetricStream } from '#lib/domain/run-stream.ts';
import type { Ingest } from './ingest.ts';
import type { InHand } from './runs-in-hand.ts';

/** Stores a batch of new lines as they came; what puts chunks together hears of it after the commit. */
export function storeLines(ingest: Ingest, { run }: InHand, stream: MetricStream, firstLine: number, lines: readonly LoggedLine[]) {
  const key = { entityId: run.entityId, run: run.id };
  ingest.lines.add(key, stream, firstLine, lines);
  const width = Object.keys(lines.at(-1)!.values).length;
  ingest.grown.push({ ...key, stream, before: firstLine, after: firstLine + lines.length, width, ended: false });
}

/** A run that has ended gets no more lines for now. */
export function noteEnd(ingest: Ingest, { run, progress }: InHand): void {
  const width = Object.keys(progress.summary).length;
  for (const [stream, lines] of [
    ['history', progress.historyLines],
    ['system', progress.systemLines],
  ] as const) {
    if (lines > 0) ingest.grown.push({ entityId: run.entityId, run: run.id, stream, before: lines, after: lines, width, ended: true });
  }
}
