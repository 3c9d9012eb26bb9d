import { z } from 'zod';
import { hashLinkToken } from '#lib/auth/api-key.ts';
import { AcceptInviteBody, type InviteOffer } from '#lib/contracts/session.ts';
import { type Entity, personText, type User } from '#lib/domain/entity.ts';
import { AppError, conflict, gone, type Issue, notFound } from '#lib/errors.ts';
import { acceptInvite as acceptStored, findInviteByToken, type Invite } from '#lib/store/invites.ts';
import { findRole } from '#lib/store/memberships.ts';
import { findUser } from '#lib/store/users.ts';
import { getEntity } from '../access.ts';
import { createAccount } from '../accounts/create-account.ts';
import type { Context } from '../context.ts';
import { instanceCommand, instanceQuery } from '../instance-command.ts';
import { join, requireOwnServiceAccount } from '../members/join.ts';
import { isBacked } from './is-backed.ts';

const used = () => gone('This invite was used, revoked or is older than 7 days. Ask whoever sent it for a new one.');

async function getOpenInvite(ctx: Context, token: string): Promise<{ invite: Invite; entity: Entity }> {
  const invite = await findInviteByToken(ctx.db, hashLinkToken(token));
  if (!invite) throw notFound('The invite');
  if (invite.acceptedAt !== null || invite.revokedAt !== null || invite.expiresAt <= ctx.now()) throw used();
  const entity = await getEntity(ctx.db, invite.entityId);
  if (!(await isBacked(ctx.db, invite, entity))) throw gone('Who made this invite may invite no more. Ask an admin for a new one.');
  return { invite, entity };
}

/** What the link offers, to whoever holds it. */
export const viewInvite = instanceQuery({
  allow: 'anyone',
  input: z.object({ token: z.string() }),
  run: async (ctx, { token }): Promise<z.output<typeof InviteOffer>> => {
    const { invite, entity } = await getOpenInvite(ctx, token);
    const inviter = await findUser(ctx.db, invite.createdById);
    return {
      entity: entity.name,
      entityKind: entity.kind === 'organization' ? 'organization' : 'team',
      role: invite.role,
      invitedBy: inviter ? personText(inviter) : '',
      expiresAt: invite.expiresAt,
      signedInAs: 'username' in ctx.actor ? ctx.actor.username : null,
    };
  },
});

/** Once: makes an account unless the visitor is signed in, and puts the user into the team or organization. */
export const acceptInvite = instanceCommand({
  allow: 'anyone',
  input: AcceptInviteBody.extend({ token: z.string() }),
  prepare: async (ctx, { token, password, username }) => {
    await getOpenInvite(ctx, token);
    if ('userId' in ctx.actor) return undefined;
    requireAccountFields(username, password);
    return ctx.accounts.hashPassword(password!);
  },
  run: async (ctx, body, passwordHash) => {
    const { invite, entity } = await getOpenInvite(ctx, body.token);
    const user =
      passwordHash === undefined
        ? await signedIn(ctx, entity)
        : await createAccount(ctx, { username: body.username!, email: body.email, passwordHash });
    if (!(await acceptStored(ctx.db, invite.id, user.id, ctx.now()))) throw used();
    await join(ctx, entity, user.id, invite.role);
    return {
      result: { entity: entity.name, madeAccount: passwordHash !== undefined },
      audit: { what: 'invite.accepted', target: `inv_${invite.id}`, after: { role: invite.role, user: user.username }, by: user },
      entityId: entity.id,
    };
  },
});

function requireAccountFields(username: string | undefined, password: string | undefined): void {
  const issues: Issue[] = [];
  if (username === undefined) issues.push({ path: ['username'], message: 'Choose a user name.' });
  if (password === undefined) issues.push({ path: ['password'], message: 'Choose a password.' });
  if (issues.length > 0) throw new AppError('invalid', issues.map(({ message }) => message).join(' '), { issues });
}

async function signedIn(ctx: Context, entity: Entity): Promise<User> {
  const user = 'userId' in ctx.actor ? await findUser(ctx.db, ctx.actor.userId) : null;
  if (!user) throw notFound('Your account');
  requireOwnServiceAccount(user, entity);
  if ((await findRole(ctx.db, entity.id, user.id)) !== null) throw conflict(`You are a member of "${entity.name}" already.`);
  return user;
}
