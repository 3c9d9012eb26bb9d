import { z } from 'zod';
import { EventsAccepted } from '#lib/contracts/tracking.ts';
import { EventDocuments } from '#lib/domain/event-document.ts';
import { sendEvents } from '#lib/services/events/send-events.ts';
import { defineRoute, type Route } from '../route.ts';

const MAX_EVENTS_BYTES = 8 * 1024 * 1024;

export const sendEventRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/projects/{entity}/{project}/events',
    summary: 'Takes events from other trackers: one object, or an array of up to 1,000.',
    params: z.object({ entity: z.string(), project: z.string() }),
    // The service parses it, event by event: its messages name the place in the batch.
    body: z.unknown(),
    bodyForReference: EventDocuments,
    maxBodyBytes: MAX_EVENTS_BYTES,
    response: EventsAccepted,
    status: 202,
    handle: ({ ctx, params, body }) => sendEvents(ctx, { ...params, events: body }),
  }),
];
