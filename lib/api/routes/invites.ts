import { z } from 'zod';
import { AcceptInviteBody, InviteAccepted, InviteOffer } from '#lib/contracts/session.ts';
import { startSession } from '#lib/services/accounts/sessions.ts';
import { acceptInvite, viewInvite } from '#lib/services/invites/accept-invite.ts';
import { defineRoute } from '../route.ts';

const Token = z.object({ token: z.string() });

export const inviteRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/invites/{token}',
    summary: 'What an invite link offers.',
    access: 'anyone',
    params: Token,
    response: InviteOffer,
    handle: ({ ctx, params }) => viewInvite(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/invites/{token}',
    summary: 'Accept an invite; makes an account and signs it in, unless somebody is signed in.',
    access: 'anyone',
    params: Token,
    body: AcceptInviteBody,
    response: InviteAccepted,
    status: 201,
    async handle({ ctx, params, body, request, headers }) {
      const { entity, madeAccount } = await acceptInvite(ctx, { ...params, ...body });
      if (madeAccount) {
        headers['set-cookie'] = await startSession(ctx, body.username!, body.password!, request.headers['user-agent'] ?? null);
      }
      return { entity };
    },
  }),
];
