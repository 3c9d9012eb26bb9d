import { z } from 'zod';
import type { EventExplanationPage } from '#lib/contracts/explain.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { type AutomationEvent, METRIC_EVENTS } from '#lib/domain/event-types.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { getVisibleEvent } from '../automations/choose-event.ts';
import { parseCursor } from '../cursor.ts';
import { toEventView } from '../events/event-view.ts';
import { instanceQuery } from '../instance-command.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { explainGone, toExplained } from './explained.ts';
import { judgeEvents } from './judge-events.ts';
import { countOtherWatchers, listVisibleWatchers } from './watchers.ts';

/** Which automations saw an event, which fired on it, which did not, and why. */
export const explainEvent = instanceQuery({
  allow: 'signed_in',
  input: PageQuery.extend({ event: z.string() }),
  run: async (ctx, { event: id, limit, after }): Promise<z.output<typeof EventExplanationPage>> => {
    const event = await getVisibleEvent(ctx, id);
    const visible = await listVisiblePlaces(ctx);
    const afterId = parseCursor(z.int(), after);
    const on = eventsFor(event);
    const { watchers, ...page } = await listVisibleWatchers(ctx, visible, event.place, on, { limit, afterId });
    const { judged, executions } = await judgeEvents(ctx, event.place, watchers, [event]);
    const byRule = executions.filter(({ manual }) => !manual);
    const gone = afterId === undefined ? await explainGone(ctx, visible, event.place, byRule, () => eventTitle(event)) : [];
    return {
      ...page,
      event: toEventView(event),
      items: [...gone, ...(await toExplained(ctx, visible, watchers, judged, { notHappened: false }))],
      others: await countOtherWatchers(ctx, event.place, on),
      note: event.type === 'run.metrics' ? 'Of a long batch of lines the last 20 are judged again.' : null,
    };
  },
});

const eventsFor = ({ type }: TrackedEvent): readonly AutomationEvent[] => (type === 'run.metrics' ? METRIC_EVENTS : [type]);
