import { AUTOMATION_EVENTS, type AutomationEvent } from '#lib/domain/event-types.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import { countWatching, listWatching } from '#lib/store/watching-automations.ts';
import type { Context } from '../context.ts';
import { toCursor } from '../cursor.ts';
import type { VisiblePlaces } from '../places/visible-places.ts';

export type WatcherPage = { watchers: Candidate[]; next?: string };

/** A page of the automations that something in this place concerns, as far as the reader sees them; oldest first. */
export async function listVisibleWatchers(
  ctx: Context,
  visible: VisiblePlaces,
  place: Place,
  on: readonly AutomationEvent[],
  { limit, afterId }: { limit: number; afterId: number | undefined },
): Promise<WatcherPage> {
  const found = await listWatching(ctx.reader, place, on, { limit: limit + 1, afterId });
  const page = found.slice(0, limit);
  const watchers = page.filter(({ automation }) => seesScope(visible, automation));
  return { watchers, ...(found.length > limit && { next: toCursor(page.at(-1)!.automation.id) }) };
}

export const seesScope = ({ roleAt }: VisiblePlaces, { scope }: Candidate['automation']) =>
  roleAt(scope.entityId, 'projectId' in scope ? scope.projectId : null) !== null;

/** How many watch the place and wait for something else. */
export const countOtherWatchers = (ctx: Context, place: Place, on: readonly AutomationEvent[]) =>
  countWatching(
    ctx.reader,
    place,
    AUTOMATION_EVENTS.filter((event) => !on.includes(event)),
  );

/** Where automations of this place keep their executions. */
export const ownersAt = ({ entityId, organizationEntityId }: Place) => [entityId, organizationEntityId ?? entityId];
