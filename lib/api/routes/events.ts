import { z } from 'zod';
import { EventPage, OrganizationQuery } from '#lib/contracts/tracking.ts';
import { EventQuery, listEvents } from '#lib/services/events/list-events.ts';
import { defineRoute, type Route } from '../route.ts';

const InProject = z.object({ entity: z.string(), project: z.string() });

export const eventRoutes: readonly Route[] = [
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
