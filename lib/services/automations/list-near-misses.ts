import { z } from 'zod';
import type { NearMissesView } from '#lib/contracts/automations.ts';
import type { Automation } from '#lib/domain/automation.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import { SLOT_MS } from '#lib/domain/limits.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { findEvents } from '#lib/store/events.ts';
import { countHeldBack } from '#lib/store/firing-limits.ts';
import { listNearMisses as listStored, type NearMiss } from '#lib/store/near-misses.ts';
import { query } from '../command.ts';
import { toEventView } from '../events/event-view.ts';
import { listVisiblePlaces, type VisiblePlaces } from '../places/visible-places.ts';
import { getStoredAutomation, guardedOfAutomation } from './find-automation.ts';
import { verdictOf } from './verdict-of.ts';

type View = z.output<typeof NearMissesView>;

/** Why an automation has not fired: in one sentence, and what it judged lately, newest first; only of places that the reader sees. */
export const listNearMisses = query({
  permission: 'see',
  input: z.object({ id: z.string() }),
  entityOf: (ctx, { id }) => guardedOfAutomation(ctx.db, id),
  run: async (ctx, { id }): Promise<View> => {
    const { automation } = await getStoredAutomation(ctx.db, id);
    const misses = await listStored(ctx.db, automation.entityId, automation.id);
    const events = await findEvents(
      ctx.db,
      misses.flatMap(({ eventEntityId, eventId }) => (eventId === null ? [] : [{ entityId: eventEntityId, id: eventId }])),
    );
    const visible = await listVisiblePlaces(ctx);
    const eventOf = ({ eventId }: NearMiss) => (eventId === null ? undefined : events.get(eventId));
    const seen = misses.filter((miss) => isVisible(visible, miss, eventOf(miss)));
    return {
      items: seen.map((miss) => toView(automation, miss, eventOf(miss))),
      verdict: await verdictOf(ctx, automation, visible, seen),
      heldBack: await countHeldBack(ctx.db, automation.entityId, automation.id, ctx.now() - SLOT_MS),
    };
  },
});

/** An automation may watch wider than its reader sees. Of an event that is gone only its entity is known. */
function isVisible({ roleAt, hiddenProjectIds }: VisiblePlaces, { eventEntityId }: NearMiss, event: TrackedEvent | undefined): boolean {
  if (event) return roleAt(eventEntityId, event.place.projectId) !== null;
  return hiddenProjectIds.length === 0 && roleAt(eventEntityId) !== null;
}

function toView({ filter }: Automation, miss: NearMiss, event: TrackedEvent | undefined): View['items'][number] {
  const { at, eventType, subject, decision } = miss;
  const judged = { filter, ...(decision.evidence && { evidence: decision.evidence }) };
  return {
    at,
    title: event ? eventTitle(event, judged) : subject,
    eventType,
    decision,
    ...(event && { event: toEventView(event, judged) }),
  };
}
