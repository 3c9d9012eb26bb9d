import { z } from 'zod';
import { signInEmail } from '#lib/auth/accounts.ts';
import { hashLinkToken, newLinkToken } from '#lib/auth/api-key.ts';
import { ResetBody } from '#lib/contracts/session.ts';
import { isActive, type User } from '#lib/domain/entity.ts';
import { conflict, gone, notFound } from '#lib/errors.ts';
import { findPasswordReset, insertPasswordReset, type PasswordReset, spendPasswordReset } from '#lib/store/password-resets.ts';
import { deleteSessions, putPassword } from '#lib/store/sign-in-accounts.ts';
import { findUser } from '#lib/store/users.ts';
import type { Context } from '../context.ts';
import { instanceCommand, instanceQuery } from '../instance-command.ts';
import { getUser } from './users.ts';

const LIVES_MS = 3_600_000;
const Token = z.object({ token: z.string() });

/** The link that an instance admin, or the command line, gives to somebody who forgot the password. */
export const createResetLink = instanceCommand({
  allow: 'instance_admin',
  input: z.object({ username: z.string() }),
  run: async (ctx, { username }) => {
    const user = await getUser(ctx, username);
    if (user.serviceEntityId !== null) throw conflict('A service account has API keys and no password.');
    const token = newLinkToken();
    const expiresAt = ctx.now() + LIVES_MS;
    await insertPasswordReset(ctx.db, { tokenHash: hashLinkToken(token), userId: user.id, createdAt: ctx.now(), expiresAt });
    return {
      result: { url: `${ctx.publicUrl}/reset/${token}`, expiresAt },
      audit: { what: 'user.reset_link_made', target: user.username },
    };
  },
});

async function getOpenReset(ctx: Context, token: string): Promise<{ reset: PasswordReset; user: User }> {
  const reset = await findPasswordReset(ctx.db, hashLinkToken(token));
  const user = reset && (await findUser(ctx.db, reset.userId));
  if (!reset || !user || !isActive(user)) throw notFound('The reset link');
  if (reset.usedAt !== null || reset.expiresAt <= ctx.now()) throw used();
  return { reset, user };
}

const used = () => gone('This link was used or is older than an hour. Ask for another.');

export const viewReset = instanceQuery({
  allow: 'anyone',
  input: Token,
  run: async (ctx, { token }) => {
    const { reset, user } = await getOpenReset(ctx, token);
    return { username: user.username, expiresAt: reset.expiresAt };
  },
});

/** Once; ends every session of the user. */
export const resetPassword = instanceCommand({
  allow: 'anyone',
  input: Token.extend(ResetBody.shape),
  prepare: async (ctx, { token, password }) => {
    await getOpenReset(ctx, token);
    return ctx.accounts.hashPassword(password);
  },
  run: async (ctx, { token }, passwordHash) => {
    const { user } = await getOpenReset(ctx, token);
    if (!(await spendPasswordReset(ctx.db, hashLinkToken(token), ctx.now()))) throw used();
    const account = { userId: user.id, email: signInEmail(user), name: user.username, passwordHash, at: ctx.now() };
    await putPassword(ctx.db, account);
    await deleteSessions(ctx.db, user.id);
    ctx.accounts.forget();
    return { result: undefined, audit: { what: 'user.password_reset', target: user.username } };
  },
});
