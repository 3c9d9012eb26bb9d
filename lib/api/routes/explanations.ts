import { z } from 'zod';
import { EventExplanationPage, ExplanationPage } from '#lib/contracts/explain.ts';
import { OrganizationQuery } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { explainEvent } from '#lib/services/explain/explain-event.ts';
import { explainRun } from '#lib/services/explain/explain-run.ts';
import { explainVersion } from '#lib/services/explain/explain-version.ts';
import { defineRoute, type Route } from '../route.ts';

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
  defineRoute({
    method: 'GET',
    path: '/api/v1/projects/{entity}/{project}/artifacts/{type}/{collection}/versions/{version}/explanation',
    summary: 'Explains a version in a project: which automations saw what happened to it, and what came of it.',
    params: z.object({ entity: z.string(), project: z.string(), type: z.string(), collection: z.string(), version: z.string() }),
    query: PageQuery,
    response: ExplanationPage,
    handle: ({ ctx, params: { entity, project, ...version }, query }) =>
      explainVersion(ctx, { ...version, ...query, place: { entity, project } }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/registries/{registry}/collections/{collection}/versions/{version}/explanation',
    summary: 'Explains a version in a registry: which automations saw what happened to it there, and what came of it.',
    params: z.object({ registry: z.string(), collection: z.string(), version: z.string() }),
    query: PageQuery.extend(OrganizationQuery.shape),
    response: ExplanationPage,
    handle: ({ ctx, params: { registry, ...version }, query: { organization, ...query } }) =>
      explainVersion(ctx, { ...version, ...query, place: { registry, organization } }),
  }),
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
