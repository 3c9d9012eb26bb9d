import type { EventDocument } from '#lib/domain/event-document.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { hasEnded, type Run } from '#lib/domain/run.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { MetricLine, RunState } from '#lib/domain/tracked-event.ts';
import { type EventSource, toEvent } from './event-source.ts';
import type { Ingest } from './ingest.ts';
import { reactToEvent, reactToMetrics } from './react.ts';
import type { InHand } from './runs-in-hand.ts';
import { noteEnd, storeLines } from './store-lines.ts';
import { watchRun } from './watch-run.ts';

type RunDocument = Extract<EventDocument, { run: unknown }>;
type RunReference = RunDocument['run'];

/** Makes or changes the run, stores its lines, and reacts: a state first when it begins, last when it ends. */
export async function applyRunDocument(ingest: Ingest, source: EventSource, document: RunDocument): Promise<void> {
  const asked = document.run.state;
  const began = await beginRun(ingest, source, document);
  const { held } = began;
  if (!began.isNew) setFields(ingest, held, document.run);
  const endsAfter = document.type === 'run.metrics' && asked !== undefined && hasEnded(asked);
  if (began.isNew) await reactToState(ingest, source, held, null);
  else if (asked !== undefined && !endsAfter) await changeRunState(ingest, source, held, asked);
  if (document.type === 'run.metrics') await appendLines(ingest, source, held, document.metrics);
  if (endsAfter) await changeRunState(ingest, source, held, asked);
}

async function beginRun(ingest: Ingest, { sender, place }: EventSource, document: RunDocument): Promise<{ held: InHand; isNew: boolean }> {
  const reference = document.run;
  const found = await ingest.runs.find(place, reference.id);
  if (found) return { held: found, isNew: false };
  const { nowMs } = ingest;
  const state = document.type === 'run.state' ? document.run.state : 'running';
  const run: Omit<Run, 'id'> = {
    entityId: place.entityId,
    projectId: place.projectId,
    runId: reference.id,
    name: reference.name ?? reference.id,
    source: 'events',
    state,
    userId: reference.user === undefined ? sender.userId : null,
    user: reference.user ?? sender.username,
    group: reference.group ?? null,
    jobType: reference.jobType ?? null,
    tags: reference.tags ?? [],
    config: (reference.config ?? {}) as Run['config'],
    notes: '',
    details: {},
    exitCode: null,
    stopRequested: false,
    createdAt: nowMs,
    updatedAt: nowMs,
    startedAt: nowMs,
    finishedAt: hasEnded(state) ? nowMs : null,
  };
  const held = await ingest.runs.insert(run);
  if (reference.summary) ingest.runs.changeProgress(held, { summary: reference.summary as Record<string, JsonValue> });
  return { held, isNew: true };
}

/** What the event names is set; what it does not name stays. */
function setFields(ingest: Ingest, held: InHand, reference: RunReference): void {
  const changes: Partial<Run> = {
    ...(reference.name !== undefined && { name: reference.name }),
    ...(reference.user !== undefined && { user: reference.user, userId: null }),
    ...(reference.group !== undefined && { group: reference.group }),
    ...(reference.jobType !== undefined && { jobType: reference.jobType }),
    ...(reference.tags !== undefined && { tags: reference.tags }),
    ...(reference.config !== undefined && { config: reference.config as Run['config'] }),
  };
  if (Object.keys(changes).length > 0) ingest.runs.changeRun(held, changes);
  if (reference.summary) {
    ingest.runs.changeProgress(held, { summary: { ...held.progress.summary, ...(reference.summary as Record<string, JsonValue>) } });
  }
}

/** Moves the run to a state and reacts to it; the state that it has already is no event. */
export async function changeRunState(ingest: Ingest, source: EventSource, held: InHand, state: RunState, exitCode?: number): Promise<void> {
  const previous = held.run.state;
  if (previous === state) return;
  const { nowMs } = ingest;
  const ended = hasEnded(state);
  ingest.runs.changeRun(held, {
    state,
    finishedAt: ended ? nowMs : null,
    ...(exitCode !== undefined && { exitCode }),
    ...(!ended && hasEnded(previous) && { startedAt: nowMs }),
  });
  await reactToState(ingest, source, held, previous);
}

/** Has the run watched or not, as its state asks, and fires for the state that it came to. */
export async function reactToState(ingest: Ingest, source: EventSource, held: InHand, previousState: RunState | null): Promise<void> {
  await watchRun(ingest, source.place, held);
  if (hasEnded(held.run.state)) noteEnd(ingest, held);
  const facts = { type: 'run.state', place: runPlace(source.place), run: ingest.runs.factsOf(held), previousState } as const;
  await reactToEvent(ingest, toEvent(ingest, source, facts));
}

/** A run event happens in its project, never in a collection. */
export const runPlace = ({ collection: _, collectionId: __, ...place }: Place): Place => place;

async function appendLines(ingest: Ingest, source: EventSource, held: InHand, lines: MetricLine[]): Promise<void> {
  const { progress } = held;
  const firstLine = progress.historyLines;
  const { version } = progress;
  storeLines(ingest, held, 'history', firstLine, lines);
  ingest.runs.changeProgress(held, {
    version: version + 1,
    historyLines: firstLine + lines.length,
    lastStep: lines.at(-1)!.step,
    lastValueAt: ingest.nowMs,
    heartbeatAt: ingest.nowMs,
    summary: Object.assign({ ...progress.summary }, ...lines.map((line) => line.values)),
  });
  const facts = { type: 'run.metrics', place: runPlace(source.place), run: ingest.runs.factsOf(held), firstLine, lines } as const;
  const event = toEvent(ingest, source, facts);
  ingest.keepEvent(event);
  await reactToMetrics(ingest, { event, stream: 'history', version });
}
