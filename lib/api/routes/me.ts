import { z } from 'zod';
import { MeView, PasswordBody, ProfilePatch } from '#lib/contracts/session.ts';
import { changePassword } from '#lib/services/accounts/change-password.ts';
import { getMe } from '#lib/services/accounts/get-me.ts';
import { updateProfile } from '#lib/services/accounts/update-profile.ts';
import { dismissMyNotice } from '#lib/services/notices/list-my-notices.ts';
import { defineRoute } from '../route.ts';

export const meRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Who I am, where I belong, and notices for me.',
    response: MeView,
    handle: ({ ctx }) => getMe(ctx),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/me',
    summary: 'Change my name or e-mail.',
    body: ProfilePatch,
    response: MeView,
    async handle({ ctx, body }) {
      await updateProfile(ctx, body);
      return getMe(ctx);
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/v1/me/password',
    summary: 'Change my password; ends my other sessions.',
    body: PasswordBody,
    status: 204,
    handle: ({ ctx, body }) => changePassword(ctx, body),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/me/notices/{id}',
    summary: 'Put a notice away.',
    params: z.object({ id: z.string() }),
    status: 204,
    handle: ({ ctx, params }) => dismissMyNotice(ctx, params.id),
  }),
];
