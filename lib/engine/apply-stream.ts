import { hasEnded, stateAfterExit } from '#lib/domain/run.ts';
import type { MetricStream, StreamLines, StreamParts } from '#lib/domain/run-stream.ts';
import type { Place } from '#lib/domain/scope.ts';
import { putConsoleLines } from '#lib/store/console-lines.ts';
import { overwriteLines } from '#lib/store/metric-chunks.ts';
import { changeRunState, runPlace } from './apply-run.ts';
import { type EventSource, toEvent } from './event-source.ts';
import type { Ingest, Sender } from './ingest.ts';
import { reactToMetrics } from './react.ts';
import type { InHand } from './runs-in-hand.ts';
import { storeLines } from './store-lines.ts';

export type StreamBatch = StreamParts & { sender: Sender; place: Place; runId: string; requestId?: string | null };
export type StreamAnswer = { kind: 'taken'; stopRequested: boolean } | { kind: 'no_such_run' };

/** Takes one request of a run's file stream: lines by their places, each judged once, then the run's state. */
export async function applyStream(ingest: Ingest, batch: StreamBatch): Promise<StreamAnswer> {
  const { sender, place, history, system, summary, exitCode } = batch;
  const held = await ingest.runs.find(place, batch.runId);
  if (!held) return { kind: 'no_such_run' };
  const source: EventSource = { sender, place };
  ingest.runs.changeProgress(held, { heartbeatAt: ingest.nowMs, ...(summary && { summary }) });
  if (held.run.state === 'crashed' || held.run.state === 'pending') await changeRunState(ingest, source, held, 'running');
  if (history) await takeLines(ingest, source, held, 'history', history);
  if (system) await takeLines(ingest, source, held, 'system', system);
  if (batch.console) await takeConsole(ingest, held, batch.console);
  if (batch.preempting && held.run.state === 'running') await changeRunState(ingest, source, held, 'preempting');
  if (exitCode !== undefined && !hasEnded(held.run.state)) {
    await changeRunState(ingest, source, held, stateAfterExit(held.run, exitCode), exitCode);
  }
  return { kind: 'taken', stopRequested: held.run.stopRequested && !hasEnded(held.run.state) };
}

async function takeConsole(ingest: Ingest, held: InHand, { firstLine, lines }: NonNullable<StreamParts['console']>): Promise<void> {
  await putConsoleLines(ingest.tx, { entityId: held.run.entityId, run: held.run.id }, firstLine, lines);
  ingest.runs.changeProgress(held, { consoleLines: Math.max(held.progress.consoleLines, firstLine + lines.length) });
}

/** New lines are stored and judged; lines sent again are stored; lines that fill a gap are judged when they come. */
async function takeLines(ingest: Ingest, source: EventSource, held: InHand, stream: MetricStream, sent: StreamLines): Promise<void> {
  const { firstLine, lines } = sent;
  if (lines.length === 0) return;
  const counted = stream === 'history' ? held.progress.historyLines : held.progress.systemLines;
  const known = Math.min(lines.length, Math.max(0, counted - firstLine));
  if (known > 0)
    await takeKnownPlaces(ingest, source, held, stream, { ...sent, lines: known < lines.length ? lines.slice(0, known) : lines });
  if (known === lines.length) return;
  const fresh = known > 0 ? lines.slice(known) : lines;
  const tail = JSON.stringify([sent.lastText]);
  const end = firstLine + lines.length;
  await appendLines(ingest, source, held, stream, firstLine + known, fresh);
  const changes =
    stream === 'history'
      ? { historyLines: end, historyTail: tail, lastStep: fresh.at(-1)!.step, lastValueAt: ingest.nowMs }
      : { systemLines: end, systemTail: tail };
  ingest.runs.changeProgress(held, changes);
}

async function takeKnownPlaces(ingest: Ingest, source: EventSource, held: InHand, stream: MetricStream, { firstLine, lines }: StreamLines) {
  const key = { entityId: held.run.entityId, run: held.run.id };
  await ingest.lines.write();
  const { changed, missing } = await overwriteLines(ingest.tx, key, stream, firstLine, lines);
  if (!changed && missing.length === 0) return;
  // Windows in memory end with the newest line: they know nothing of what changed before it.
  ingest.memory.windows.forget([held.run.id]);
  for (const gap of missing) {
    await appendLines(ingest, source, held, stream, gap.firstLine, lines.slice(gap.firstLine - firstLine, gap.lastLine + 1 - firstLine));
    ingest.memory.windows.forget([held.run.id]);
  }
  if (changed) ingest.runs.changeProgress(held, { version: held.progress.version + 1 });
}

async function appendLines(
  ingest: Ingest,
  source: EventSource,
  held: InHand,
  stream: MetricStream,
  firstLine: number,
  lines: StreamLines['lines'],
): Promise<void> {
  const { progress } = held;
  const { version } = progress;
  storeLines(ingest, held, stream, firstLine, lines);
  ingest.runs.changeProgress(held, { version: version + 1 });
  const metrics = lines.map(({ step, values }) => ({ step, values }));
  const facts = { type: 'run.metrics', place: runPlace(source.place), run: ingest.runs.factsOf(held), firstLine, lines: metrics } as const;
  const event = toEvent(ingest, source, facts);
  const fired = await reactToMetrics(ingest, { event, stream, version });
  // The lines are in the chunks already. As an event only what made something happen is kept, and a run's first lines as samples.
  if (fired || (firstLine === 0 && stream === 'history')) ingest.keepEvent(event);
}
