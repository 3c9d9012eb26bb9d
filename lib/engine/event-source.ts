import type { EventDocument } from '#lib/domain/event-document.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { AppError, type Issue } from '#lib/errors.ts';
import type { Ingest, Sender } from './ingest.ts';

/** Where one document stands: who sent it, into which project, and how its faults are named. */
export type EventSource = {
  sender: Sender;
  place: Place;
  /** Its place in a batch; absent for a single event. */
  index?: number;
  /** When it happened and who did it, where the sender says so. */
  at?: number;
  author?: string;
};

type Distribute<Event> = Event extends TrackedEvent ? Omit<Event, 'id' | 'at' | 'receivedAt' | 'author' | 'reportedBy'> : never;
/** An event without what every event has. */
export type EventFacts = Distribute<TrackedEvent>;

/** The event with its id, times and authors: an author other than the sender is shown with the sender. */
export function toEvent<Facts extends EventFacts>(ingest: Ingest, source: EventSource, facts: Facts) {
  const { username } = source.sender;
  const author = source.author ?? username;
  return {
    id: ingest.newId('evt', ingest.nowMs),
    at: source.at ?? ingest.nowMs,
    receivedAt: ingest.nowMs,
    author,
    reportedBy: author === username ? null : username,
    ...facts,
  };
}

export const sourceOf = (document: EventDocument, sender: Sender, place: Place, index?: number): EventSource => ({
  sender,
  place,
  ...(index !== undefined && { index }),
  ...(document.at !== undefined && { at: Date.parse(document.at) }),
  ...(document.author !== undefined && { author: document.author }),
});

/** A document that cannot be applied, named by its place in the batch. */
export function refused(source: EventSource, path: Issue['path'], message: string): AppError {
  const fullPath = source.index === undefined ? path : [source.index, ...path];
  return new AppError('invalid', `${fullPath.join('.')}: ${message}`, { issues: [{ path: fullPath, message }] });
}
