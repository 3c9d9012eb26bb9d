import { sql } from 'kysely';
import type { User } from '#lib/domain/entity.ts';
import { conflict } from '#lib/errors.ts';
import { type Db, isUniqueViolation } from './connect.ts';
import { nextNumber } from './numbers.ts';
import type { Database } from './schema.ts';
import { toUser } from './users.ts';

export type ApiKey = {
  id: number;
  /** The first characters, to tell keys apart. The key itself is not kept. */
  prefix: string;
  userId: number;
  name: string;
  createdById: number;
  createdAt: number;
  lastUsedAt: number | null;
  expiresAt: number | null;
};

const toApiKey = (row: Database['api_keys']): ApiKey => ({
  id: row.id,
  prefix: row.prefix,
  userId: row.user_id,
  name: row.name,
  createdById: row.created_by_id,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
});

export type NewApiKey = { hash: string; prefix: string; userId: number; name: string; createdById: number; createdAt: number };

export async function insertApiKey(db: Db, draft: NewApiKey): Promise<ApiKey> {
  const row = {
    id: await nextNumber(db, 'api_key'),
    hash: draft.hash,
    prefix: draft.prefix,
    user_id: draft.userId,
    name: draft.name,
    created_by_id: draft.createdById,
    created_at: draft.createdAt,
    last_used_at: null,
    expires_at: null,
  };
  await db
    .insertInto('api_keys')
    .values(row)
    .execute()
    .catch((error) => {
      throw isUniqueViolation(error) ? conflict('This API key is in use already. Make another.') : error;
    });
  return toApiKey(row);
}

export async function findApiKey(db: Db, id: number): Promise<ApiKey | null> {
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toApiKey(row) : null;
}

/** The key with this hash and whose it is; expired keys and gone people read as none. */
export async function findApiKeyOwner(db: Db, hash: string, now: number): Promise<{ keyId: number; user: User } | null> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .selectAll('users')
    .select('api_keys.id as key_id')
    .where('api_keys.hash', '=', hash)
    .where('users.disabled_at', 'is', null)
    .where('users.deleted_at', 'is', null)
    .where((eb) => eb.or([eb('api_keys.expires_at', 'is', null), eb('api_keys.expires_at', '>', now)]))
    .executeTakeFirst();
  return row ? { keyId: row.key_id, user: toUser(row) } : null;
}

export async function listApiKeysOfUsers(db: Db, userIds: readonly number[]): Promise<ApiKey[]> {
  if (userIds.length === 0) return [];
  const rows = await db.selectFrom('api_keys').selectAll().where('user_id', 'in', userIds).orderBy('id', 'desc').execute();
  return rows.map(toApiKey);
}

/** Service accounts of these teams. */
export async function listServiceAccounts(db: Db, teamIds: readonly number[]): Promise<User[]> {
  if (teamIds.length === 0) return [];
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('service_entity_id', 'in', teamIds)
    .where('deleted_at', 'is', null)
    .orderBy('username')
    .execute();
  return rows.map(toUser);
}

export async function deleteApiKey(db: Db, id: number): Promise<boolean> {
  const gone = await db.deleteFrom('api_keys').where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

export async function deleteApiKeysOfUser(db: Db, userId: number): Promise<void> {
  await db.deleteFrom('api_keys').where('user_id', '=', userId).execute();
}

/** Uses that gathered since the last time, in one transaction and one order, or processes would wait for each other in a circle. */
export async function touchApiKeys(db: Db, usedAt: ReadonlyMap<number, number>): Promise<void> {
  for (const [id, at] of [...usedAt].toSorted(([a], [b]) => a - b)) {
    const isOlder = sql<boolean>`coalesce(last_used_at, 0) < ${at}`;
    await db.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).where(isOlder).execute();
  }
}
