import { z } from 'zod';
import { hashLinkToken, newLinkToken } from '#lib/auth/api-key.ts';
import { InviteBody, type InviteView } from '#lib/contracts/organizations.ts';
import { personText } from '#lib/domain/entity.ts';
import { notFound } from '#lib/errors.ts';
import { type Invite, insertInvite, listOpenInvites, revokeInvite as revokeStored } from '#lib/store/invites.ts';
import { listUsersByIds } from '#lib/store/users.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import { command, query } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { GroupInput, groupOf } from '../members/group.ts';
import { isBacked } from './is-backed.ts';

const LIVES_MS = 7 * 86_400_000;

const idText = (id: number) => `inv_${id}`;

async function toInviteViews(ctx: EntityContext, invites: readonly Invite[]): Promise<InviteView[]> {
  const people = await listUsersByIds(
    ctx.db,
    invites.map(({ createdById }) => createdById),
  );
  return invites.map(({ id, role, note, createdById, createdAt, expiresAt }) => {
    const inviter = people.get(createdById);
    return { id: idText(id), role, note, invitedBy: inviter ? personText(inviter) : '', createdAt, expiresAt };
  });
}

export const listInvites = query({
  permission: 'members:write',
  input: GroupInput,
  entityOf: groupOf,
  run: async (ctx) => {
    const open: Invite[] = [];
    for (const invite of await listOpenInvites(ctx.db, ctx.entity.id, ctx.now()))
      if (await isBacked(ctx.db, invite, ctx.entity)) open.push(invite);
    return toInviteViews(ctx, open);
  },
});

/** Answers the link, once: only its hash is kept. */
export const createInvite = command({
  permission: 'members:write',
  input: GroupInput.extend(InviteBody.shape),
  entityOf: groupOf,
  run: async (ctx, { role, note }) => {
    const token = newLinkToken();
    const invite = await insertInvite(ctx.db, {
      tokenHash: hashLinkToken(token),
      entityId: ctx.entity.id,
      role,
      note,
      createdById: requireUserId(ctx.actor),
      createdAt: ctx.now(),
      expiresAt: ctx.now() + LIVES_MS,
    });
    const [view] = await toInviteViews(ctx, [invite]);
    return {
      result: { ...view!, url: `${ctx.publicUrl}/invite/${token}` },
      audit: { what: 'invite.created', target: idText(invite.id), after: { role, note } },
    };
  },
});

export const revokeInvite = command({
  permission: 'members:write',
  input: GroupInput.extend({ id: z.string() }),
  entityOf: groupOf,
  run: async (ctx, { id }) => {
    const number = /^inv_(\d{1,15})$/.exec(id)?.[1];
    const invite = number && (await revokeStored(ctx.db, ctx.entity.id, Number(number), ctx.now()));
    if (!invite) throw notFound('The invite');
    return { result: undefined, audit: { what: 'invite.revoked', target: id, before: { role: invite.role, note: invite.note } } };
  },
});
