import { signInEmail } from '#lib/auth/accounts.ts';
import { takeSignInAttempt } from '#lib/auth/sign-in-limits.ts';
import { PasswordBody } from '#lib/contracts/session.ts';
import { invalidField } from '#lib/errors.ts';
import { deleteSessions, findPasswordHash, putPassword } from '#lib/store/sign-in-accounts.ts';
import { findUser } from '#lib/store/users.ts';
import { instanceCommand } from '../instance-command.ts';
import { requireUserId } from './require-user-id.ts';

/** Asks for the current one, and ends every other session. */
export const changePassword = instanceCommand({
  allow: 'signed_in',
  input: PasswordBody,
  prepare: async (ctx, { current, password }) => {
    const userId = requireUserId(ctx.actor);
    const takeBack = await takeSignInAttempt(ctx.db, String(userId), ctx.address, ctx.now());
    const hash = await findPasswordHash(ctx.db, userId);
    if (hash === null || !(await ctx.accounts.verifyPassword(hash, current))) {
      throw invalidField(['current'], 'This is not your current password.');
    }
    await takeBack();
    return ctx.accounts.hashPassword(password);
  },
  run: async (ctx, _body, passwordHash) => {
    const userId = requireUserId(ctx.actor);
    const user = (await findUser(ctx.db, userId))!;
    await putPassword(ctx.db, { userId, email: signInEmail(user), name: user.username, passwordHash, at: ctx.now() });
    await deleteSessions(ctx.db, userId, ctx.actor.kind === 'user' ? ctx.actor.sessionId : undefined);
    ctx.accounts.forget();
    return { result: undefined, audit: { what: 'user.password_changed', target: user.username } };
  },
});
