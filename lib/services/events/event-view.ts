import type { EventView } from '#lib/contracts/tracking.ts';
import { toEventDocument } from '#lib/domain/event-facts.ts';
import { eventTitle, type Judged } from '#lib/domain/event-words.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';

/** A stored event as lists, previews and executions show it. */
export const toEventView = (event: TrackedEvent, judged?: Judged): EventView => ({
  id: event.id,
  type: event.type,
  at: event.at,
  receivedAt: event.receivedAt,
  author: event.reportedBy === null ? event.author : `${event.author ?? 'somebody'}, reported by ${event.reportedBy}`,
  entity: event.place.entity,
  project: event.place.project,
  title: eventTitle(event, judged),
  document: JSON.parse(JSON.stringify(toEventDocument(event))) as JsonValue,
});
