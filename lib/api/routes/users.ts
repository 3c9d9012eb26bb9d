import { z } from 'zod';
import { UserBody, UserPatch, UserView } from '#lib/contracts/organizations.ts';
import { ResetBody, ResetLink, ResetOffer } from '#lib/contracts/session.ts';
import { PageQuery, pageOf } from '#lib/contracts/view.ts';
import { createResetLink, resetPassword, viewReset } from '#lib/services/users/password-resets.ts';
import { createUser, deleteUser, listUsers, updateUser } from '#lib/services/users/users.ts';
import { defineRoute } from '../route.ts';

const Username = z.object({ username: z.string() });
const Token = z.object({ token: z.string() });

export const userRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/users',
    summary: 'Everybody on the instance (instance admins).',
    query: PageQuery,
    response: pageOf(UserView),
    handle: ({ ctx, query }) => listUsers(ctx, query),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/users',
    summary: 'Make a user with a personal space (instance admins).',
    body: UserBody,
    response: UserView,
    status: 201,
    handle: ({ ctx, body }) => createUser(ctx, body),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/users/{username}',
    summary: 'Make or unmake an instance admin; disable or enable an account.',
    params: Username,
    body: UserPatch,
    response: UserView,
    handle: ({ ctx, params, body }) => updateUser(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/users/{username}',
    summary: 'Delete a user; their automations stay.',
    params: Username,
    status: 204,
    handle: ({ ctx, params }) => deleteUser(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/users/{username}/reset-link',
    summary: 'Make a link to set a new password: one use, one hour.',
    params: Username,
    body: z.strictObject({}),
    response: ResetLink,
    status: 201,
    handle: ({ ctx, params }) => createResetLink(ctx, params),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/resets/{token}',
    summary: 'Whose password a reset link sets.',
    access: 'anyone',
    params: Token,
    response: ResetOffer,
    handle: ({ ctx, params }) => viewReset(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/resets/{token}',
    summary: 'Set a new password by a reset link.',
    access: 'anyone',
    params: Token,
    body: ResetBody,
    status: 204,
    handle: ({ ctx, params, body }) => resetPassword(ctx, { ...params, ...body }),
  }),
];
