import { hasEnded } from '#lib/domain/run.ts';
import { missedMs, type Outage } from '#lib/domain/up-time.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import { findPlace } from '#lib/store/projects.ts';
import { findRunByNumber } from '#lib/store/runs.ts';
import { changeRunState } from './apply-run.ts';
import { toEvent } from './event-source.ts';
import { type Ingest, SYSTEM_SENDER } from './ingest.ts';
import { reactWith } from './react.ts';
import type { InHand } from './runs-in-hand.ts';

export type Watch = { runTimeoutMs: number; outages: readonly Outage[] };

const MINUTE = 60_000;
/** Silence that has fired, or is held back by its slot, is looked at again when the slot can be free. */
const AFTER_FIRING_MS = 24 * 60 * MINUTE;

/** Crashes a run of the file stream that nobody feeds, fires for silence, and says when to look again. */
export async function checkRun(ingest: Ingest, { entityId, id }: { entityId: number; id: number }, watch: Watch): Promise<void> {
  const found = await findRunByNumber(ingest.tx, entityId, id);
  const opened = found && (await findPlace(ingest.tx, entityId, found.run.projectId));
  if (!found || !opened) return;
  const { artifactTypes: _, ...place } = opened;
  const held = (await ingest.runs.find(place, found.run.runId))!;
  if (hasEnded(held.run.state)) {
    ingest.runs.changeProgress(held, { checkAt: null });
    return;
  }
  const source = { sender: SYSTEM_SENDER, place };
  const crashIn = held.run.source === 'stream' ? watch.runTimeoutMs - quietMs(ingest, watch, held.progress.heartbeatAt) : null;
  if (crashIn !== null && crashIn <= 0) {
    await changeRunState(ingest, source, held, 'crashed');
    return;
  }
  let next = crashIn;
  for (const candidate of await ingest.watchers.find(place, ['run.silent'])) {
    const silentIn = await checkSilence(ingest, watch, held, candidate, source);
    next = next === null ? silentIn : Math.min(next, silentIn);
  }
  ingest.runs.changeProgress(held, { checkAt: next === null ? null : ingest.nowMs + next });
}

/** Time in which no server ran is nobody's silence. */
const quietMs = ({ nowMs }: Ingest, { outages }: Watch, since: number) => nowMs - since - missedMs(outages, since, nowMs);

/** Answers in how many milliseconds this automation could fire. */
async function checkSilence(
  ingest: Ingest,
  watch: Watch,
  held: InHand,
  candidate: Candidate,
  source: Parameters<typeof toEvent>[1],
): Promise<number> {
  const { run, progress } = held;
  const since = Math.max(progress.lastValueAt ?? 0, run.startedAt, candidate.armedAt);
  const quiet = quietMs(ingest, watch, since);
  const wanted = (candidate.automation.filter.silentMinutes ?? Number.POSITIVE_INFINITY) * MINUTE;
  if (quiet < wanted) return wanted - quiet;
  const event = toEvent(ingest, source, {
    type: 'run.silent',
    place: source.place,
    run: ingest.runs.factsOf(held),
    lastValueAt: progress.lastValueAt,
    silentMinutes: Math.floor(quiet / MINUTE),
  } as const);
  ingest.keepEvent(event);
  await reactWith(ingest, event, [candidate]);
  return AFTER_FIRING_MS;
}
