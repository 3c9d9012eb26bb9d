import type { Db } from './connect.ts';

export type PasswordReset = { userId: number; expiresAt: number; usedAt: number | null };

/** Earlier links of the same user stop working. */
export async function insertPasswordReset(
  db: Db,
  reset: { tokenHash: string; userId: number; createdAt: number; expiresAt: number },
): Promise<void> {
  await spendPasswordResets(db, reset.userId, reset.createdAt);
  await db
    .insertInto('password_resets')
    .values({
      token_hash: reset.tokenHash,
      user_id: reset.userId,
      created_at: reset.createdAt,
      expires_at: reset.expiresAt,
      used_at: null,
    })
    .execute();
}

/** Also one that is spent or too old. */
export async function findPasswordReset(db: Db, tokenHash: string): Promise<PasswordReset | null> {
  const row = await db.selectFrom('password_resets').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  return row ? { userId: row.user_id, expiresAt: row.expires_at, usedAt: row.used_at } : null;
}

/** True for one caller only. */
export async function spendPasswordReset(db: Db, tokenHash: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('password_resets')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Every link that the user still has stops working. */
export async function spendPasswordResets(db: Db, userId: number, now: number): Promise<void> {
  await db.updateTable('password_resets').set({ used_at: now }).where('user_id', '=', userId).where('used_at', 'is', null).execute();
}
