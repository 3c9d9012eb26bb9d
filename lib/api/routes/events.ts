import { z } from 'zod';
import { EventPage, EventsAccepted, OrganizationQuery } from '#lib/contracts/tracking.ts';
import { EventDocuments } from '#lib/domain/event-document.ts';
import { EventQuery, listEvents } from '#lib/services/events/list-events.ts';
import { sendEvents } from '#lib/services/events/send-events.ts';
import { defineRoute, type Route } from '../route.ts';

const MAX_EVENTS_BYTES = 8 * 1024 * 1024;
const InProject = z.object({ entity: z.string(), project: z.string() });

export const eventRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/projects/{entity}/{project}/events',
    summary: 'Takes events from other trackers: one object, or an array of up to 1,000.',
    params: InProject,
    // The service parses it, event by event: its messages name the place in the batch.
    body: z.unknown(),
    bodyForReference: EventDocuments,
    maxBodyBytes: MAX_EVENTS_BYTES,
    response: EventsAccepted,
    status: 202,
    handle: ({ ctx, params, body }) => sendEvents(ctx, { ...params, events: body }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/projects/{entity}/{project}/events',
    summary: 'Lists what happened in a project, newest first.',
    params: InProject,
    query: EventQuery,
    response: EventPage,
    handle: ({ ctx, params, query }) => listEvents(ctx, { ...query, place: params }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/registries/{name}/events',
    summary: 'Lists what happened in a registry, newest first.',
    params: z.object({ name: z.string() }),
    query: EventQuery.extend(OrganizationQuery.shape),
    response: EventPage,
    handle: ({ ctx, params, query: { organization, ...query } }) =>
      listEvents(ctx, { ...query, place: { registry: params.name, organization } }),
  }),
];
