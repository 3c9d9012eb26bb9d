import { z } from 'zod';
import {
  DeadLetterPage,
  DeadLetterQuery,
  DeadLetterSummary,
  ReplayManyBody,
  ReplayManyPage,
  ReplayManyView,
  ReplayPreview,
} from '#lib/contracts/dead-letters.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { listDeadLetters, summarizeDeadLetters } from '#lib/services/dead-letters/list-dead-letters.ts';
import { cancelReplay } from '#lib/services/replays/cancel-replay.ts';
import { previewReplay } from '#lib/services/replays/plan-replay.ts';
import { getReplay, listReplays } from '#lib/services/replays/replay-view.ts';
import { startReplay } from '#lib/services/replays/start-replay.ts';
import { defineRoute, type Route } from '../route.ts';

const ById = z.object({ id: z.string() });

/** What failed for good, and jobs that send much of it again. */
export const deadLetterRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/dead-letters',
    summary: 'Lists executions that failed for good: what failed last first; since and until are about the failing.',
    query: DeadLetterQuery,
    response: DeadLetterPage,
    handle: ({ ctx, query }) => listDeadLetters(ctx, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/dead-letters/summary',
    summary: 'Says what there is to filter dead letters by, from the newest 1,000.',
    query: DeadLetterQuery.omit({ limit: true, after: true }),
    response: DeadLetterSummary,
    handle: ({ ctx, query }) => summarizeDeadLetters(ctx, query),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/replays/preview',
    summary: 'Counts exactly what a replay would send, with a sample, and sends nothing.',
    body: ReplayManyBody,
    response: ReplayPreview,
    handle: ({ ctx, body }) => previewReplay(ctx, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/replays',
    summary: 'Replays everything that failed since a time, as a job that survives restarts and can be cancelled.',
    body: ReplayManyBody,
    status: 201,
    response: ReplayManyView,
    handle: ({ ctx, body }) => startReplay(ctx, body),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/replays',
    summary: 'Lists replays of many, newest first, with their progress.',
    query: PageQuery,
    response: ReplayManyPage,
    handle: ({ ctx, query }) => listReplays(ctx, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/replays/{id}',
    summary: 'Answers one replay: how far it is, and what came of what it sent.',
    params: ById,
    response: ReplayManyView,
    handle: ({ ctx, params }) => getReplay(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/replays/{id}/cancel',
    summary: 'Ends a replay: what was not queued yet stays failed.',
    params: ById,
    response: ReplayManyView,
    handle: ({ ctx, params }) => cancelReplay(ctx, params),
  }),
];
