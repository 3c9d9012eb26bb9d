import { z } from 'zod';
import { HomeView, SearchResult } from '#lib/contracts/home.ts';
import { SuggestionQuery, Suggestions } from '#lib/contracts/tracking.ts';
import { getHome } from '#lib/services/home/get-home.ts';
import { search } from '#lib/services/home/search.ts';
import { suggest } from '#lib/services/tracking/suggestions.ts';
import { defineRoute, type Route } from '../route.ts';

export const homeRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/home',
    summary: 'What needs attention, your projects and registries, and what fired last.',
    response: HomeView,
    handle: ({ ctx }) => getHome(ctx, {}),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/search',
    summary: 'Finds projects, registries, automations, runs, collections and executions by a part of their name.',
    query: z.object({ q: z.string().max(256).default('') }),
    response: SearchResult,
    handle: ({ ctx, query }) => search(ctx, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/suggestions',
    summary: 'What a scope really holds: metrics, aliases, tags, collections, users and so on, for completions.',
    query: SuggestionQuery,
    response: Suggestions,
    handle: ({ ctx, query }) => suggest(ctx, query),
  }),
];
