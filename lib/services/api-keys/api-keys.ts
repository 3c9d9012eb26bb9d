import { z } from 'zod';
import { newApiKey } from '#lib/auth/api-key.ts';
import { ApiKeyBody } from '#lib/contracts/session.ts';
import type { Entity, User } from '#lib/domain/entity.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { deleteApiKey as deleteStored, findApiKey, listApiKeysOfUsers, listServiceAccounts } from '#lib/store/api-keys.ts';
import { findEntityByName } from '#lib/store/entities.ts';
import { findUser, findUserByName } from '#lib/store/users.ts';
import { getEntity, getEntityByName, requirePermission } from '../access.ts';
import { createAccount, keepApiKey } from '../accounts/create-account.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import type { Context } from '../context.ts';
import { instanceCommand, instanceQuery } from '../instance-command.ts';
import { join } from '../members/join.ts';
import { apiKeyIdText, toApiKeyViews } from './api-key-view.ts';

/** Mine; with a team those of its service accounts, for its admins. */
export const listApiKeys = instanceQuery({
  allow: 'signed_in',
  input: z.object({ team: z.string().optional() }),
  run: async (ctx, { team }) => {
    if (team === undefined) return toApiKeyViews(ctx.db, await listApiKeysOfUsers(ctx.db, [requireUserId(ctx.actor)]));
    const entity = await getEntityByName(ctx.db, team, 'team');
    await requirePermission(ctx.db, ctx.actor, 'keys:others', entity);
    const accounts = await listServiceAccounts(ctx.db, [entity.id]);
    const keys = await listApiKeysOfUsers(
      ctx.db,
      accounts.map(({ id }) => id),
    );
    return toApiKeyViews(ctx.db, keys);
  },
});

/** A key of mine, or of a team's service account, which is made where there is none of that name. The only time the key is told. */
export const createApiKey = instanceCommand({
  allow: 'signed_in',
  input: ApiKeyBody,
  run: async (ctx, { name, serviceAccount }) => {
    const team = serviceAccount ? await getEntityByName(ctx.db, serviceAccount.team, 'team') : null;
    if (team) await requirePermission(ctx.db, ctx.actor, 'keys:others', team);
    const owner = team ? await findOrMakeServiceAccount(ctx, team, serviceAccount!) : (await findUser(ctx.db, requireUserId(ctx.actor)))!;
    const key = newApiKey();
    const stored = await keepApiKey(ctx, owner, key, name);
    const [view] = await toApiKeyViews(ctx.db, [stored]);
    return {
      result: { ...view!, key },
      audit: { what: 'api_key.created', target: apiKeyIdText(stored.id), after: { owner: owner.username, name, prefix: stored.prefix } },
      ...(team && { entityId: team.id }),
    };
  },
});

async function findOrMakeServiceAccount(
  ctx: Context,
  team: Entity,
  { name, role }: { name: string; role: 'admin' | 'member' | 'viewer' },
): Promise<User> {
  const existing = await findUserByName(ctx.db, name);
  if (existing?.serviceEntityId === team.id) return existing;
  if (existing || (await findEntityByName(ctx.db, name))) {
    throw conflict(`The name "${name}" is taken. Choose another for the service account.`);
  }
  const account = await createAccount(ctx, { username: name, serviceEntityId: team.id });
  await join(ctx, team, account.id, role);
  return account;
}

/** One of mine, of a service account of a team I administer, or anybody's for instance admins. */
export const deleteApiKey = instanceCommand({
  allow: 'signed_in',
  input: z.object({ id: z.string() }),
  run: async (ctx, { id }) => {
    const number = /^key_(\d{1,15})$/.exec(id)?.[1];
    const key = number ? await findApiKey(ctx.db, Number(number)) : null;
    const owner = key && (await findUser(ctx.db, key.userId));
    if (!key || !owner) throw notFound('The API key');
    const team = owner.serviceEntityId === null ? null : await getEntity(ctx.db, owner.serviceEntityId);
    await requireRightOver(ctx, owner, team);
    await deleteStored(ctx.db, key.id);
    ctx.accounts.forget();
    return {
      result: undefined,
      audit: { what: 'api_key.deleted', target: id, before: { owner: owner.username, name: key.name, prefix: key.prefix } },
      ...(team && { entityId: team.id }),
    };
  },
});

async function requireRightOver(ctx: Context, owner: User, team: Entity | null): Promise<void> {
  if (owner.id === requireUserId(ctx.actor)) return;
  if ('instanceAdmin' in ctx.actor && ctx.actor.instanceAdmin) return;
  if (!team) throw notFound('The API key');
  await requirePermission(ctx.db, ctx.actor, 'keys:others', { ...team, notFoundAs: 'The API key' });
}
