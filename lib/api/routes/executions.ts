import { z } from 'zod';
import { authenticate } from '#lib/auth/authenticate.ts';
import {
  ExecutionCounts,
  ExecutionPage,
  ExecutionQuery,
  ExecutionStreamQuery,
  ExecutionView,
  ReplayBody,
  ReplayView,
} from '#lib/contracts/automations.ts';
import { isAppError } from '#lib/errors.ts';
import type { Context } from '#lib/services/context.ts';
import { getExecution } from '#lib/services/executions/get-execution.ts';
import { countExecutionsByStatus, listExecutions } from '#lib/services/executions/list-executions.ts';
import { replayExecution, sendExecutionNow } from '#lib/services/executions/replay-execution.ts';
import { streamExecutions } from '#lib/services/executions/stream-executions.ts';
import type { ApiRequest } from '../request.ts';
import { defineRoute, type Route } from '../route.ts';

const ById = z.object({ id: z.string() });
const Filters = ExecutionQuery.omit({ limit: true, after: true });

export const executionRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/executions',
    summary: 'Lists executions, newest first.',
    query: ExecutionQuery,
    response: ExecutionPage,
    handle: ({ ctx, query }) => listExecutions(ctx, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/executions/counts',
    summary: 'Counts executions by status; counts stop at 1,000.',
    query: Filters,
    response: ExecutionCounts,
    handle: ({ ctx, query: { status: _, ...filters } }) => countExecutionsByStatus(ctx, filters),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/executions/stream',
    summary: 'Sends executions as they change, as server-sent events of the name "execution".',
    query: ExecutionStreamQuery,
    stream: 'text/event-stream',
    handle: ({ ctx, query: { within, ...filters }, request }) =>
      streamExecutions(ctx, {
        filters,
        withinSeconds: within,
        lastEventId: request.headers['last-event-id'],
        signal: request.signal,
        isStillSignedIn: () => isStillSignedIn(ctx, request),
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/executions/{id}',
    summary: 'Answers one execution: event, decision, request and every attempt.',
    params: ById,
    response: ExecutionView,
    handle: ({ ctx, params }) => getExecution(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/executions/{id}/replay',
    summary: 'Sends an execution again under the same id; with a payload, sends a new execution that names it.',
    params: ById,
    body: ReplayBody,
    status: 202,
    response: ReplayView,
    handle: ({ ctx, params, body }) => replayExecution(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/executions/{id}/send-now',
    summary: 'Tries a waiting execution at once, or sends a skipped one after all.',
    params: ById,
    status: 202,
    response: ReplayView,
    handle: ({ ctx, params }) => sendExecutionNow(ctx, params),
  }),
];

async function isStillSignedIn({ accounts }: Context, { headers }: ApiRequest): Promise<boolean> {
  try {
    const { authorization, cookie } = headers;
    return (await authenticate(accounts, { authorization, cookie })).kind !== 'anonymous';
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') return false;
    throw error;
  }
}
