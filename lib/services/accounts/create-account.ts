import { signInEmail } from '#lib/auth/accounts.ts';
import { API_KEY_PREFIX_LENGTH, bareApiKey, hashApiKey } from '#lib/auth/api-key.ts';
import type { User } from '#lib/domain/entity.ts';
import { insertApiKey } from '#lib/store/api-keys.ts';
import { insertEntity } from '#lib/store/entities.ts';
import { putMember } from '#lib/store/memberships.ts';
import { insertSignInAccount } from '#lib/store/sign-in-accounts.ts';
import { insertUser } from '#lib/store/users.ts';
import type { Context } from '../context.ts';

export type AccountDraft = {
  username: string;
  email?: string | undefined;
  /** Absent: nobody can sign in yet, or ever for a service account. */
  passwordHash?: string | undefined;
  apiKey?: string | undefined;
  instanceAdmin?: boolean;
  serviceEntityId?: number;
};

/** A user with the personal space of the same name, in the caller's transaction. */
export async function createAccount(ctx: Context, draft: AccountDraft): Promise<User> {
  const at = ctx.now();
  const entity = await insertEntity(ctx.db, { kind: 'user', name: draft.username, organizationId: null, createdAt: at });
  const user = await insertUser(ctx.db, {
    entityId: entity.id,
    username: draft.username,
    email: draft.email ?? null,
    instanceAdmin: draft.instanceAdmin ?? false,
    serviceEntityId: draft.serviceEntityId ?? null,
    createdAt: at,
  });
  await putMember(ctx.db, entity.id, user.id, 'admin', at);
  if (draft.passwordHash !== undefined) {
    await insertSignInAccount(ctx.db, {
      userId: user.id,
      email: signInEmail(user),
      name: user.username,
      passwordHash: draft.passwordHash,
      at,
    });
  }
  if (draft.apiKey !== undefined) await keepApiKey(ctx, user, draft.apiKey, 'provisioned');
  return user;
}

/** Stores the hash of a key that the caller knows. */
export function keepApiKey(ctx: Context, user: User, key: string, name: string) {
  return insertApiKey(ctx.db, {
    hash: hashApiKey(key),
    prefix: bareApiKey(key).slice(0, API_KEY_PREFIX_LENGTH),
    userId: user.id,
    name,
    createdById: 'userId' in ctx.actor ? ctx.actor.userId : user.id,
    createdAt: ctx.now(),
  });
}
