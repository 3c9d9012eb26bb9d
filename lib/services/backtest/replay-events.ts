import type { Backtest } from '#lib/domain/backtest.ts';
import { idTime } from '#lib/domain/ids.ts';
import type { TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { listEventsAfter } from '#lib/store/events.ts';
import { Heap } from './heap.ts';
import type { Replay, Replayed } from './replay.ts';
import type { WatchedRange } from './watched-history.ts';

const EVENTS_HELD = 4000;
const MOST_AT_ONCE = 200;
const FEWEST_AT_ONCE = 5;
const TURN_EVERY = 100;

type Place = { entityId: number; projectId: number; collectionId?: number };
type Source = { place: Place; events: TrackedEvent[]; next: number };

/** Stored events of the automation's type in order of arrival: those of each place in theirs, merged by their ids. */
export async function* replayEvents(db: Db, { automation, ranges, since, now }: Replay, backtest: Backtest): AsyncGenerator<Replayed> {
  const type = automation.on as TrackedEventType;
  const places = ranges.flatMap(placesOf);
  const limit = Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, Math.floor(EVENTS_HELD / Math.max(1, places.length))));
  const sources = new Heap<Source>((a, b) => a.events[a.next]!.id < b.events[b.next]!.id);
  const open = async (place: Place, after: string) => {
    const events = await listEventsAfter(db, place, type, { after, limit });
    if (events.length > 0) sources.push({ place, events, next: 0 });
  };
  for (const place of places) {
    await open(place, idTime('evt', since));
    yield { share: 0 };
  }
  for (let fed = 1; sources.size > 0; fed++) {
    const source = sources.pop()!;
    const event = source.events[source.next++]!;
    if (source.next < source.events.length) sources.push(source);
    else await open(source.place, event.id);
    if (event.receivedAt < since) continue;
    const decision = backtest.feedEvent(event);
    const share = Math.min(1, (event.receivedAt - since) / Math.max(1, now - since));
    if (decision.kind === 'fire') yield { share, fired: { event, decision } };
    else if (fed % TURN_EVERY === 0) yield { share };
  }
}

const placesOf = ({ entityId, projectIds, collectionId }: WatchedRange): Place[] =>
  projectIds.map((projectId) => ({ entityId, projectId, ...(collectionId !== undefined && { collectionId }) }));
