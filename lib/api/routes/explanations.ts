import { z } from 'zod';
import { EventExplanationPage, ExplanationPage } from '#lib/contracts/explain.ts';
import { OrganizationQuery } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { explainEvent } from '#lib/services/explain/explain-event.ts';
import { explainRun } from '#lib/services/explain/explain-run.ts';
import { explainVersion } from '#lib/services/explain/explain-version.ts';
import { defineRoute, type Route } from '../route.ts';
import { COLLECTION_HOMES, versionOf } from './collection-homes.ts';

/** Which automations saw something, which fired, which did not, and why; an automation's own are under /automations/{id}/near-misses. */
export const explanationRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/projects/{entity}/{project}/runs/{run}/explanation',
    summary: 'Explains a run: which automations saw it, which fired, which did not, and why.',
    params: z.object({ entity: z.string(), project: z.string(), run: z.string() }),
    query: PageQuery,
    response: ExplanationPage,
    handle: ({ ctx, params, query }) => explainRun(ctx, { ...params, ...query }),
  }),
  ...COLLECTION_HOMES.map(({ one, where, Version }) =>
    defineRoute({
      method: 'GET',
      path: `${one}/versions/{version}/explanation`,
      summary: `Explains a version ${where}: which automations saw what happened to it there, and what came of it.`,
      params: Version,
      query: PageQuery.extend(OrganizationQuery.shape),
      response: ExplanationPage,
      handle: ({ ctx, params, query: { organization, ...query } }) =>
        explainVersion(ctx, { ...versionOf(params, { organization }), ...query }),
    }),
  ),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/explanation',
    summary: 'Explains a stored event: which automations saw it, which fired, which did not, and why.',
    params: z.object({ event: z.string() }),
    query: PageQuery,
    response: EventExplanationPage,
    handle: ({ ctx, params, query }) => explainEvent(ctx, { ...params, ...query }),
  }),
];
