import { z } from 'zod';
import { SetupBody, SetupDone, SetupView, SignInBody } from '#lib/contracts/session.ts';
import { forbidden } from '#lib/errors.ts';
import { signIn, signOut, startSession } from '#lib/services/accounts/sessions.ts';
import { getSetup, setUp } from '#lib/services/accounts/set-up.ts';
import type { Context } from '#lib/services/context.ts';
import type { ApiRequest } from '../request.ts';
import { defineRoute } from '../route.ts';

const userAgentOf = (request: ApiRequest) => request.headers['user-agent'] ?? null;

/** A session made under another host name would not be sent to the public URL, and a stranger's name could be phishing. */
function requirePublicHost(request: ApiRequest, { publicUrl }: Context): void {
  const { host } = request.headers;
  if (host !== undefined && host !== new URL(publicUrl).host) {
    throw forbidden(`Sign in at ${publicUrl}. If Hookline should be reached at ${host}, set HOOKLINE_PUBLIC_URL to that address.`);
  }
}

export const sessionRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Sign in with user name or e-mail; sets the session’s cookie.',
    access: 'anyone',
    body: SignInBody,
    status: 204,
    async handle({ ctx, body, request, headers }) {
      requirePublicHost(request, ctx);
      headers['set-cookie'] = await signIn(ctx, body, userAgentOf(request));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/session',
    summary: 'Who is signed in; a user name of null: nobody.',
    access: 'anyone',
    response: z.object({ username: z.string().nullable() }),
    handle: async ({ ctx }) => ({ username: 'username' in ctx.actor ? ctx.actor.username : null }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Sign out.',
    access: 'anyone',
    status: 204,
    async handle({ ctx, request, headers }) {
      headers['set-cookie'] = await signOut(ctx, request.headers.cookie ?? '');
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/setup',
    summary: 'Whether the first setup needs the printed token; not found once it is done.',
    access: 'anyone',
    response: SetupView,
    handle: ({ ctx }) => getSetup(ctx),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/setup',
    summary: 'Make the first organization, admin and team, once; signs the admin in.',
    access: 'anyone',
    body: SetupBody,
    response: SetupDone,
    status: 201,
    async handle({ ctx, body, request, headers }) {
      requirePublicHost(request, ctx);
      const done = await setUp(ctx, body);
      headers['set-cookie'] = await startSession(ctx, body.username, body.password, userAgentOf(request));
      return done;
    },
  }),
];
