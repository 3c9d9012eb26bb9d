import type { User } from '#lib/domain/entity.ts';
import { invalid, notFound } from '#lib/errors.ts';
import { createApiKey, deleteApiKey, listApiKeys } from '#lib/services/api-keys/api-keys.ts';
import { chooseDefaultEntity, organizationForTeam } from '#lib/services/identity/default-entity.ts';
import { findPerson, findVisibleEntity, listPeople } from '#lib/services/identity/find-visible.ts';
import { getViewerUser } from '#lib/services/identity/get-viewer.ts';
import { addMember } from '#lib/services/members/add-member.ts';
import { removeMember } from '#lib/services/members/remove-member.ts';
import { createTeam } from '#lib/services/teams/teams.ts';
import { createUser } from '#lib/services/users/users.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type Input<Fields> = { input: Fields };

/** `CI service account` → `ci-service-account`; the letters, digits, "_" and "-" that names consist of. */
const toName = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);

async function getPerson(ctx: WandbContext, text: string): Promise<User> {
  const person = await findPerson(ctx, text);
  if (!person) throw notFound(`The user "${text}"`);
  return person;
}

async function invite(
  ctx: WandbContext,
  { entityName, username, email, admin }: { entityName: string; username?: string; email?: string; admin?: boolean },
) {
  const name = username ?? email;
  if (!name) throw invalid('Say whom to invite: a user name or an e-mail address.');
  const team = { kind: 'team' as const, group: entityName };
  const added = await addMember(ctx, { ...team, username: await usernameOf(ctx, name), role: admin ? 'admin' : 'member' });
  const user = await getPerson(ctx, added.username);
  return {
    id: nodeId('Invite', user.id),
    name: user.username,
    email: user.email,
    createdAt: new Date(added.since).toISOString(),
    toUser: user,
  };
}

/** An e-mail address of somebody unknown cannot be written to: no mail is sent. */
async function usernameOf(ctx: WandbContext, name: string): Promise<string> {
  if (!name.includes('@')) return name;
  const person = await findPerson(ctx, name);
  if (!person) throw invalid(`You share no team with anybody of the address ${name}. Give the user name, or make an invite link.`);
  return person.username;
}

/** The user's keys by their first characters; other people's are nobody else's business. */
async function keysOf(user: User, ctx: WandbContext) {
  if (!('userId' in ctx.actor) || ctx.actor.userId !== user.id) return { edges: [] };
  const keys = await listApiKeys(ctx, {});
  return { edges: keys.map(({ id, prefix, name }) => ({ node: { id: nodeId('ApiKey', id.slice(4)), name: prefix, description: name } })) };
}

export const peopleResolvers: Resolvers = {
  User: { apiKeys: (user: User, _: unknown, ctx) => keysOf(user, ctx) },
  Mutation: {
    createTeam: async (_: unknown, { input }: Input<{ teamName: string; teamAdminUserName?: string }>, ctx) => {
      const organization = await organizationForTeam(ctx);
      const team = await createTeam(ctx, { name: input.teamName, ...(organization !== null && { organization }) });
      const admin = input.teamAdminUserName;
      if (admin && admin !== (await getViewerUser(ctx)).username) {
        await addMember(ctx, { kind: 'team', group: team.name, username: admin, role: 'admin' });
      }
      return { entity: await findVisibleEntity(ctx, team.name) };
    },
    createInvite: async (_: unknown, { input }: Input<Parameters<typeof invite>[1]>, ctx) => ({ invite: await invite(ctx, input) }),
    deleteInvite: async (_: unknown, { input: { id = '', entityName = '' } }: Input<{ id?: string; entityName?: string }>, ctx) => {
      const number = requireNodeId('User', id);
      const team = await findVisibleEntity(ctx, entityName);
      const member = team && (await listPeople(ctx, team)).find(({ user }) => user.id === number);
      if (!member) throw notFound(`The member of "${entityName}"`);
      await removeMember(ctx, { kind: 'team', group: entityName, username: member.user.username });
      return { success: true };
    },
    createServiceAccount: async (_: unknown, { input }: Input<{ entityName: string; description: string }>, ctx) => {
      const name = toName(input.description);
      const account = { team: input.entityName, name, role: 'member' as const };
      await createApiKey(ctx, { name: input.description, serviceAccount: account });
      return { user: await getPerson(ctx, name) };
    },
    createUser: async (_: unknown, { input }: Input<{ email: string; admin?: boolean }>, ctx) => {
      const username = toName(input.email.split('@')[0]!);
      await createUser(ctx, { username, email: input.email, admin: input.admin ?? false });
      return { user: await getPerson(ctx, username) };
    },
    updateUser: async (_: unknown, { input: { defaultEntity } }: Input<{ defaultEntity?: string | null }>, ctx) => {
      if (defaultEntity) await chooseDefaultEntity(ctx, { entity: defaultEntity });
      return { user: await getViewerUser(ctx) };
    },
    generateApiKey: async (_: unknown, { input }: Input<{ description?: string }>, ctx) => {
      const { id, key, name } = await createApiKey(ctx, { name: input.description || 'made by the client' });
      return { apiKey: { id: nodeId('ApiKey', id.slice(4)), name: key, description: name } };
    },
    deleteApiKey: async (_: unknown, { input }: Input<{ id: string }>, ctx) => {
      await deleteApiKey(ctx, { id: `key_${requireNodeId('ApiKey', input.id)}` });
      return { success: true };
    },
  },
};
