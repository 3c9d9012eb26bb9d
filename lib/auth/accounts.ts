import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { User } from '#lib/domain/entity.ts';
import { isActive } from '#lib/domain/entity.ts';
import { NO_EMAIL_DOMAIN } from '#lib/domain/fixed-names.ts';
import { foldName } from '#lib/domain/names.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import { unauthenticated } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findUser, findUserByEmail, findUserByName } from '#lib/store/users.ts';
import { type ApiKeyActors, createApiKeyActors } from './api-key-actors.ts';
import { createBetterAuth, sessionCookieName } from './better-auth.ts';
import { createShortMemory } from './short-memory.ts';
import { takeSignInAttempt } from './sign-in-limits.ts';

/** Sessions that ended stop working within 5 s in every process. */
const REMEMBERED_MS = 3000;

export type SignedIn = { user: User; setCookie: string };

/** Who people are: signing in and out, sessions, passwords, API keys. */
export type Accounts = {
  signIn: (attempt: { login: string; password: string; address: string | null; userAgent: string | null }) => Promise<SignedIn>;
  /** Ends the session of the cookie; answers the header that clears it. */
  signOut: (cookie: string) => Promise<string>;
  /** Null when the cookie holds no live session. */
  sessionActor: (cookie: string) => Promise<Actor | null>;
  keys: ApiKeyActors;
  hashPassword: (password: string) => Promise<string>;
  verifyPassword: (hash: string, password: string) => Promise<boolean>;
  /** Lets changed rights and passwords count at once in this process. */
  forget: () => void;
};

export type AccountsOptions = { db: Db; sessionKey: Buffer; publicUrl: string; now: () => number };

/** The address of an account in better-auth's tables. */
export const signInEmail = (user: { username: string; email: string | null }) =>
  user.email === null ? `${foldName(user.username)}@${NO_EMAIL_DOMAIN}` : foldName(user.email);

/** A dot is in no user's name. */
const NOBODY = `no.body@${NO_EMAIL_DOMAIN}`;

export function createAccounts({ db, sessionKey, publicUrl, now }: AccountsOptions): Accounts {
  const auth = createBetterAuth({ db, secret: sessionKey.toString('hex'), publicUrl });
  const cookieName = sessionCookieName(publicUrl);
  const sessions = createShortMemory<Actor | null>(REMEMBERED_MS, now);
  const keys = createApiKeyActors(db, now);

  return {
    keys,
    hashPassword: (password) => hashPassword(password),
    verifyPassword: (hash, password) => verifyPassword({ hash, password }),

    async signIn({ login, password, address, userAgent }) {
      const user = login.includes('@') ? await findUserByEmail(db, login) : await findUserByName(db, login);
      const takeBack = await takeSignInAttempt(db, user ? String(user.id) : foldName(login), address, now());
      // Also for nobody: better-auth then hashes all the same, so that the time taken tells nothing.
      const email = user && isActive(user) ? signInEmail(user) : NOBODY;
      const headers = new Headers(userAgent === null ? {} : { 'user-agent': userAgent });
      const answer = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true }).catch(refuseSignIn);
      await takeBack();
      return { user: user!, setCookie: cookieOf(answer.headers, cookieName) };
    },

    async signOut(cookie) {
      sessions.clear();
      const { headers } = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return cookieOf(headers, cookieName);
    },

    async sessionActor(cookie) {
      const token = cookieValue(cookie, cookieName);
      if (token === null) return null;
      return sessions.get(token, async () => {
        const headers = new Headers({ cookie: `${cookieName}=${token}` });
        const found = await auth.api.getSession({ headers }).catch((error) => showStoreFault(db, error));
        const user = found && (await findUser(db, Number(found.user.id)));
        if (!user || !isActive(user)) return null;
        return { kind: 'user', userId: user.id, username: user.username, instanceAdmin: user.instanceAdmin, sessionId: found.session.id };
      });
    },

    forget() {
      sessions.clear();
      keys.forget();
    },
  };
}

/** better-auth keeps the database's error to itself: where the database is away, asking it again throws the real one. */
async function showStoreFault(db: Db, error: unknown): Promise<never> {
  await findUser(db, 0);
  throw error;
}

function refuseSignIn(error: unknown): never {
  const { statusCode } = (error ?? {}) as { statusCode?: number };
  if (statusCode === 401 || statusCode === 400) throw unauthenticated('The user name or the password is wrong.');
  throw error;
}

/** The one cookie of better-auth that is ours to hand out. */
const cookieOf = (headers: Headers, name: string) => headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`))!;

/** As sent, still encoded. */
function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}
