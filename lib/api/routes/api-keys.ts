import { z } from 'zod';
import { ApiKeyBody, ApiKeyView, NewApiKeyView } from '#lib/contracts/session.ts';
import { PageQuery, pageOf } from '#lib/contracts/view.ts';
import { createApiKey, deleteApiKey, listApiKeys } from '#lib/services/api-keys/api-keys.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute } from '../route.ts';

export const apiKeyRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/api-keys',
    summary: 'My API keys; with ?team= those of its service accounts, for its admins.',
    query: PageQuery.extend({ team: z.string().optional() }),
    response: pageOf(ApiKeyView),
    handle: async ({ ctx, query }) => pageOfAll(await listApiKeys(ctx, { team: query.team }), query, ({ id }) => id),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/api-keys',
    summary: 'Make an API key. The key is told once.',
    body: ApiKeyBody,
    response: NewApiKeyView,
    status: 201,
    handle: ({ ctx, body }) => createApiKey(ctx, body),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/api-keys/{id}',
    summary: 'Remove an API key; it stops working within 5 seconds.',
    params: z.object({ id: z.string() }),
    status: 204,
    handle: ({ ctx, params }) => deleteApiKey(ctx, params),
  }),
];
