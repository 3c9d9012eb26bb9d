import { z } from 'zod';
import { UserBody, UserPatch } from '#lib/contracts/organizations.ts';
import { type Page, PageQuery } from '#lib/contracts/view.ts';
import type { User } from '#lib/domain/entity.ts';
import { conflict, invalidField, notFound } from '#lib/errors.ts';
import { lockInstance } from '#lib/store/instance.ts';
import { listMembershipsOfUser } from '#lib/store/memberships.ts';
import { deleteSessions } from '#lib/store/sign-in-accounts.ts';
import { countOtherInstanceAdmins, findUserByName, listUsers as listStored, updateUser as updateStored } from '#lib/store/users.ts';
import { createAccount } from '../accounts/create-account.ts';
import { eraseAccount } from '../accounts/erase-account.ts';
import type { Context } from '../context.ts';
import { instanceCommand, instanceQuery } from '../instance-command.ts';
import { keepAnAdmin } from '../members/keep-an-admin.ts';
import { toUserViews } from './user-view.ts';

export async function getUser(ctx: Context, username: string): Promise<User> {
  const user = await findUserByName(ctx.db, username);
  if (!user) throw notFound(`The user "${username}"`);
  return user;
}

type View = Awaited<ReturnType<typeof toUserViews>>[number];

/** Everybody on the instance, oldest first. */
export const listUsers = instanceQuery({
  allow: 'instance_admin',
  input: PageQuery,
  run: async (ctx, { limit, after }): Promise<Page<View>> => {
    const afterId = after === undefined ? undefined : Number(after);
    if (Number.isNaN(afterId)) throw invalidField(['after'], 'Give the "next" of the page before.');
    const users = await listStored(ctx.db, { limit: limit + 1, ...(afterId !== undefined && { afterId }) });
    const shown = users.slice(0, limit);
    return { items: await toUserViews(ctx.db, shown), ...(users.length > limit && { next: String(shown.at(-1)!.id) }) };
  },
});

/** With a personal space, in no organization yet. */
export const createUser = instanceCommand({
  allow: 'instance_admin',
  input: UserBody,
  prepare: (ctx, { password }) => (password === undefined ? Promise.resolve(undefined) : ctx.accounts.hashPassword(password)),
  run: async (ctx, { username, email, apiKey, admin }, passwordHash) => {
    const user = await createAccount(ctx, { username, email, apiKey, passwordHash, instanceAdmin: admin });
    const [view] = await toUserViews(ctx.db, [user]);
    return { result: view!, audit: { what: 'user.created', target: username, after: { email: email ?? null, admin } } };
  },
});

/** Makes and unmakes instance admins; a disabled account can do nothing and loses its sessions. */
export const updateUser = instanceCommand({
  allow: 'instance_admin',
  input: UserPatch.extend({ username: z.string() }),
  run: async (ctx, { username, admin, disabled }) => {
    const user = await getUser(ctx, username);
    // Its keys are its team's admins' to make: they would be instance admins too.
    if (admin === true && user.serviceEntityId !== null)
      throw conflict('A service account cannot be an instance admin. Make a user for this.');
    if (admin === false || disabled === true) await keepAnInstanceAdmin(ctx, user);
    if (disabled === true) for (const { entity } of await sharedMemberships(ctx, user)) await keepAnAdmin(ctx.db, entity, user.id);
    const disabledAt = disabled === undefined ? user.disabledAt : disabled ? (user.disabledAt ?? ctx.now()) : null;
    await updateStored(ctx.db, user.id, { disabledAt, ...(admin !== undefined && { instanceAdmin: admin }) });
    if (disabledAt !== null) await deleteSessions(ctx.db, user.id);
    ctx.accounts.forget();
    const after = { admin: admin ?? user.instanceAdmin, disabled: disabledAt !== null };
    const [view] = await toUserViews(ctx.db, [{ ...user, disabledAt, instanceAdmin: after.admin }]);
    return {
      result: view!,
      audit: {
        what: 'user.updated',
        target: user.username,
        before: { admin: user.instanceAdmin, disabled: user.disabledAt !== null },
        after,
      },
    };
  },
});

export const deleteUser = instanceCommand({
  allow: 'instance_admin',
  input: z.object({ username: z.string() }),
  run: async (ctx, { username }) => {
    const user = await getUser(ctx, username);
    await keepAnInstanceAdmin(ctx, user);
    for (const { entity } of await sharedMemberships(ctx, user)) await keepAnAdmin(ctx.db, entity, user.id);
    await eraseAccount(ctx, user);
    return { result: undefined, audit: { what: 'user.deleted', target: user.username, before: { email: user.email } } };
  },
});

/** Where others may be left without an admin: everywhere but the personal space. */
const sharedMemberships = async (ctx: Context, user: User) =>
  (await listMembershipsOfUser(ctx.db, user.id)).filter(({ entity }) => entity.kind !== 'user');

async function keepAnInstanceAdmin(ctx: Context, leaving: User): Promise<void> {
  if (!leaving.instanceAdmin) return;
  await lockInstance(ctx.db);
  if ((await countOtherInstanceAdmins(ctx.db, leaving.id)) === 0) {
    throw conflict('This is the last admin of the instance. Make somebody else an instance admin first.');
  }
}
