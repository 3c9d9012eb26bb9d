import type { Db } from './connect.ts';

/** The people of better-auth's tables: one row and one password for each user who can sign in, under our user's id. */
export type SignInAccount = { userId: number; email: string; name: string; passwordHash: string; at: number };

const text = (at: number) => new Date(at).toISOString();

export async function insertSignInAccount(db: Db, account: SignInAccount): Promise<void> {
  const id = String(account.userId);
  const times = { created_at: text(account.at), updated_at: text(account.at) };
  await db
    .insertInto('auth_users')
    .values({ id, name: account.name, email: account.email, email_verified: 0, image: null, ...times })
    .execute();
  await db
    .insertInto('auth_accounts')
    .values({
      id: `password-${id}`,
      user_id: id,
      account_id: id,
      provider_id: 'credential',
      access_token: null,
      refresh_token: null,
      id_token: null,
      access_token_expires_at: null,
      refresh_token_expires_at: null,
      scope: null,
      password: account.passwordHash,
      ...times,
    })
    .execute();
}

export async function findPasswordHash(db: Db, userId: number): Promise<string | null> {
  const row = await db
    .selectFrom('auth_accounts')
    .select('password')
    .where('user_id', '=', String(userId))
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

/** Changes the password, or gives the first one to an account that was made without. */
export async function putPassword(db: Db, account: SignInAccount): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('auth_accounts')
    .set({ password: account.passwordHash, updated_at: text(account.at) })
    .where('user_id', '=', String(account.userId))
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) await insertSignInAccount(db, account);
}

export async function updateSignInEmail(db: Db, userId: number, email: string, at: number): Promise<void> {
  await db
    .updateTable('auth_users')
    .set({ email, updated_at: text(at) })
    .where('id', '=', String(userId))
    .execute();
}

/** Ends sessions; the one named stays. */
export async function deleteSessions(db: Db, userId: number, exceptSessionId?: string): Promise<void> {
  await db
    .deleteFrom('auth_sessions')
    .where('user_id', '=', String(userId))
    .$if(exceptSessionId !== undefined, (query) => query.where('id', '<>', exceptSessionId!))
    .execute();
}

export async function deleteSignInAccount(db: Db, userId: number): Promise<void> {
  await deleteSessions(db, userId);
  await db.deleteFrom('auth_accounts').where('user_id', '=', String(userId)).execute();
  await db.deleteFrom('auth_users').where('id', '=', String(userId)).execute();
}
