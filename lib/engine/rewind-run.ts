import { hasEnded } from '#lib/domain/run.ts';
import { dropLinesAfterStep } from '#lib/store/metric-chunks.ts';
import { changeRunState } from './apply-run.ts';
import type { EventSource } from './event-source.ts';
import type { Ingest } from './ingest.ts';
import type { InHand } from './runs-in-hand.ts';

/** Drops the history after a step: windows forget those values, and the next line follows the one that is left. */
export async function rewindRun(ingest: Ingest, source: EventSource, held: InHand, step: number): Promise<void> {
  const key = { entityId: held.run.entityId, run: held.run.id };
  await ingest.lines.write();
  const last = await dropLinesAfterStep(ingest.tx, key, 'history', step);
  ingest.memory.windows.forget([held.run.id]);
  ingest.runs.changeProgress(held, {
    version: held.progress.version + 1,
    historyLines: last === null ? 0 : last.line + 1,
    lastStep: last?.logged.step ?? null,
    historyTail: last === null ? null : JSON.stringify([JSON.stringify({ _step: last.logged.step, ...last.logged.values })]),
    heartbeatAt: ingest.nowMs,
  });
  if (hasEnded(held.run.state)) {
    ingest.runs.changeRun(held, { stopRequested: false, exitCode: null });
    await changeRunState(ingest, source, held, 'running');
  }
}
