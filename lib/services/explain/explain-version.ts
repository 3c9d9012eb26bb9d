import { z } from 'zod';
import type { ExplanationPage } from '#lib/contracts/explain.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { AUTOMATION_EVENTS, eventTypeOf } from '#lib/domain/event-types.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import { listEvents } from '#lib/store/events.ts';
import { parseCursor } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { requirePlace, toPlace } from '../places/find-place.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { getCollectionRow } from '../tracking/collections.ts';
import { getMembership, VersionAddress } from '../tracking/versions.ts';
import { explainGone, toExplained } from './explained.ts';
import { judgeEvents } from './judge-events.ts';
import { countOtherWatchers, listVisibleWatchers } from './watchers.ts';

const EVENTS_LOOKED_AT = 100;
const ON_VERSIONS = AUTOMATION_EVENTS.filter((on) => eventTypeOf(on).family === 'artifact');

/** Which automations saw what happened to a version in this collection, and what came of it. */
export const explainVersion = instanceQuery({
  allow: 'signed_in',
  input: VersionAddress.extend(PageQuery.shape),
  run: async (ctx, { limit, after, ...address }): Promise<z.output<typeof ExplanationPage>> => {
    const at = await requirePlace(ctx, 'see', address.place);
    const collection = await getCollectionRow(ctx.db, at, address.collection, address.type);
    const { version } = await getMembership(ctx.db, at, address);
    const place = await toPlace(ctx.reader, at, collection);
    const about = { entityId: collection.entityId, collectionId: collection.id, versionId: version.id };
    const events = await listEvents(ctx.reader, about, { limit: EVENTS_LOOKED_AT });
    const visible = await listVisiblePlaces(ctx);
    const afterId = parseCursor(z.int(), after);
    const { watchers, ...page } = await listVisibleWatchers(ctx, visible, place, ON_VERSIONS, { limit, afterId });
    const { judged, executions } = await judgeEvents(ctx, place, watchers, events);
    const titles = new Map(events.map((event) => [event.id, eventTitle(event)]));
    const byRule = executions.filter(({ manual }) => !manual);
    const gone = afterId === undefined ? await explainGone(ctx, visible, place, byRule, ({ eventId }) => titles.get(eventId) ?? '') : [];
    return {
      ...page,
      items: [...gone, ...(await toExplained(ctx, visible, watchers, judged, { notHappened: true }))],
      others: await countOtherWatchers(ctx, place, ON_VERSIONS),
      note: events.length === 0 ? 'No event of this version is kept any more.' : null,
    };
  },
});
