import type { Run, RunProgress } from '#lib/domain/run.ts';
import { hasEnded } from '#lib/domain/run.ts';
import { reactToState } from './apply-run.ts';
import type { EventSource } from './event-source.ts';
import type { Ingest } from './ingest.ts';
import type { InHand } from './runs-in-hand.ts';

export type NewStreamRun = Pick<Run, 'runId' | 'name' | 'state' | 'group' | 'jobType' | 'tags' | 'config' | 'notes' | 'details'> &
  Pick<RunProgress, 'summary'>;

/** Begins a run that its file stream will feed, and reacts to its state. */
export async function startRun(ingest: Ingest, source: EventSource, { summary, ...draft }: NewStreamRun): Promise<InHand> {
  const { nowMs } = ingest;
  const held = await ingest.runs.insert({
    ...draft,
    entityId: source.place.entityId,
    projectId: source.place.projectId,
    source: 'stream',
    userId: source.sender.userId,
    user: source.sender.username,
    exitCode: null,
    stopRequested: false,
    createdAt: nowMs,
    updatedAt: nowMs,
    startedAt: nowMs,
    finishedAt: hasEnded(draft.state) ? nowMs : null,
  });
  ingest.runs.changeProgress(held, { summary });
  await reactToState(ingest, source, held, null);
  return held;
}
