import { SignInBody } from '#lib/contracts/session.ts';
import type { User } from '#lib/domain/entity.ts';
import { INSTANCE_ENTITY_ID } from '#lib/domain/entity.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { isAppError } from '#lib/errors.ts';
import { findUserByEmail, findUserByName } from '#lib/store/users.ts';
import { writeAudit } from '../audit/write-audit.ts';
import type { Context } from '../context.ts';

/** Answers the session's cookie. Failures are audited too: somebody may be guessing. */
export async function signIn(ctx: Context, raw: unknown, userAgent: string | null): Promise<string> {
  const { login, password } = parseInput(SignInBody, raw);
  try {
    const { user, setCookie } = await ctx.accounts.signIn({ login, password, address: ctx.address, userAgent });
    await writeAudit({ ...ctx, actor: actorOf(user) }, INSTANCE_ENTITY_ID, { what: 'session.started', target: user.username });
    return setCookie;
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') {
      // Only a name that is an account's: what else is typed there may be a password.
      const known = login.includes('@') ? await findUserByEmail(ctx.db, login) : await findUserByName(ctx.db, login);
      await writeAudit(ctx, INSTANCE_ENTITY_ID, { what: 'session.refused', target: known?.username ?? 'unknown account' });
    }
    throw error;
  }
}

/** Ends the session of the cookie, if any; answers what clears the cookie. */
export async function signOut(ctx: Context, cookie: string): Promise<string> {
  const setCookie = await ctx.accounts.signOut(cookie);
  if ('userId' in ctx.actor) await writeAudit(ctx, INSTANCE_ENTITY_ID, { what: 'session.ended', target: ctx.actor.username });
  return setCookie;
}

/** For an account that was made a moment ago: setup and invites lead straight in. */
export async function startSession(ctx: Context, login: string, password: string, userAgent: string | null): Promise<string> {
  return (await ctx.accounts.signIn({ login, password, address: ctx.address, userAgent })).setCookie;
}

const actorOf = (user: User) =>
  ({ kind: 'user', userId: user.id, username: user.username, instanceAdmin: user.instanceAdmin, sessionId: '' }) as const;
