import { z } from 'zod';
import { InviteBody, InviteView, MemberBody, MemberPatch, MemberView, NewInviteView } from '#lib/contracts/organizations.ts';
import { PageQuery, pageOf } from '#lib/contracts/view.ts';
import { createInvite, listInvites, revokeInvite } from '#lib/services/invites/manage-invites.ts';
import { addMember } from '#lib/services/members/add-member.ts';
import { changeRole } from '#lib/services/members/change-role.ts';
import { listMembers } from '#lib/services/members/list-members.ts';
import { removeMember } from '#lib/services/members/remove-member.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute, type Route } from '../route.ts';

/** Teams and organizations have the same addresses for members and invites below different beginnings. */
function routesOf(kind: 'team' | 'organization'): Route[] {
  const base = `/api/v1/${kind}s/{${kind}}`;
  const aGroup = kind === 'team' ? 'a team' : 'an organization';
  const Params = z.object({ [kind]: z.string() });
  const groupOf = (params: Record<string, string>) => ({ kind, group: params[kind]! });
  const Group = Params.transform(groupOf);
  const Member = Params.and(z.object({ username: z.string() })).transform((params) => ({ ...groupOf(params), username: params.username }));
  const Invite = Params.and(z.object({ id: z.string() })).transform((params) => ({ ...groupOf(params), id: params.id }));
  return [
    defineRoute({
      method: 'GET',
      path: `${base}/members`,
      summary: `The members of ${aGroup}.`,
      params: Group,
      query: PageQuery,
      response: pageOf(MemberView),
      handle: async ({ ctx, params, query }) => pageOfAll(await listMembers(ctx, params), query, ({ username }) => username),
    }),
    defineRoute({
      method: 'POST',
      path: `${base}/members`,
      summary: `Add a user to ${aGroup}.`,
      params: Group,
      body: MemberBody,
      response: MemberView,
      status: 201,
      handle: ({ ctx, params, body }) => addMember(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'PATCH',
      path: `${base}/members/{username}`,
      summary: 'Change a member’s role.',
      params: Member,
      body: MemberPatch,
      response: MemberView,
      handle: ({ ctx, params, body }) => changeRole(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'DELETE',
      path: `${base}/members/{username}`,
      summary: 'Remove a member.',
      params: Member,
      status: 204,
      handle: ({ ctx, params }) => removeMember(ctx, params),
    }),
    defineRoute({
      method: 'GET',
      path: `${base}/invites`,
      summary: 'Invite links that can still be used.',
      params: Group,
      query: PageQuery,
      response: pageOf(InviteView),
      handle: async ({ ctx, params, query }) => pageOfAll(await listInvites(ctx, params), query, ({ id }) => id),
    }),
    defineRoute({
      method: 'POST',
      path: `${base}/invites`,
      summary: 'Make an invite link: one use, 7 days. The link is told once.',
      params: Group,
      body: InviteBody,
      response: NewInviteView,
      status: 201,
      handle: ({ ctx, params, body }) => createInvite(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'DELETE',
      path: `${base}/invites/{id}`,
      summary: 'Revoke an invite link.',
      params: Invite,
      status: 204,
      handle: ({ ctx, params }) => revokeInvite(ctx, params),
    }),
  ];
}

export const memberRoutes = [...routesOf('team'), ...routesOf('organization')];
