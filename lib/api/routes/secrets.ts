import { z } from 'zod';
import { SecretBody, SecretPut, SecretView } from '#lib/contracts/integrations.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { createSecret, deleteSecret, listSecrets, replaceSecret, switchSecret } from '#lib/services/secrets/secrets.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute } from '../route.ts';

const Team = z.object({ team: z.string() });
const Named = Team.extend({ name: z.string() });

export const secretRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/secrets',
    summary: 'The names of a team’s secrets, where and when they are used. Never a value.',
    params: Team,
    query: PageQuery,
    response: pageOf(SecretView),
    handle: async ({ ctx, params, query }) => pageOfAll(await listSecrets(ctx, params), query, ({ name }) => name),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/secrets',
    summary: 'Keep a secret. Its value is never shown again.',
    params: Team,
    body: SecretBody,
    response: SecretView,
    status: 201,
    handle: ({ ctx, params, body }) => createSecret(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/v1/teams/{team}/secrets/{name}',
    summary: 'Replace a secret’s value, with an overlap in which the old one is live too.',
    params: Named,
    body: SecretPut,
    response: SecretView,
    handle: ({ ctx, params, body }) => replaceSecret(ctx, { ...body, ...params }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/secrets/{name}/switch',
    summary: 'End a secret’s overlap now: only the new value is live.',
    params: Named,
    body: z.strictObject({}),
    response: SecretView,
    status: 200,
    handle: ({ ctx, params }) => switchSecret(ctx, params),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/teams/{team}/secrets/{name}',
    summary: 'Delete a secret; refused while it is in use, unless forced.',
    params: Named,
    query: ForceQuery,
    status: 204,
    handle: ({ ctx, params, query }) => deleteSecret(ctx, { ...params, ...query }),
  }),
];
