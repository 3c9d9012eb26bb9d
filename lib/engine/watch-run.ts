import { hasEnded } from '#lib/domain/run.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { Ingest } from './ingest.ts';
import type { InHand } from './runs-in-hand.ts';

const FIRST_LOOK_MS = 10_000;

/** Says when the scheduler must look at a run whose state changed: when it could first be silent, or never once it ended. */
export async function watchRun(ingest: Ingest, place: Place, held: InHand): Promise<void> {
  const checkAt = hasEnded(held.run.state) ? null : await firstDeadline(ingest, place, held);
  if (checkAt !== held.progress.checkAt) ingest.runs.changeProgress(held, { checkAt });
}

async function firstDeadline(ingest: Ingest, place: Place, held: InHand): Promise<number | null> {
  const candidates = await ingest.watchers.find(place, ['run.silent']);
  const minutes = candidates.flatMap(({ automation }) => automation.filter.silentMinutes ?? []);
  // Batches move the deadline of a run of the file stream without a write: the scheduler finds out when it looks.
  const own = held.run.source === 'stream' ? ingest.nowMs + FIRST_LOOK_MS : null;
  if (minutes.length === 0) return own;
  const silentAt = ingest.nowMs + Math.min(...minutes) * 60_000;
  return own === null ? silentAt : Math.min(own, silentAt);
}
