import type { Entity, User } from '#lib/domain/entity.ts';
import { defaultEntityOf, entityOrDefault } from '#lib/services/identity/default-entity.ts';
import {
  emailOf,
  findPerson,
  findVisibleEntity,
  findVisibleOrganization,
  listOrganizationsOfUser,
  listPeople,
  type OrganizationPlace,
  organizationOf,
} from '#lib/services/identity/find-visible.ts';
import { getViewer, getViewerUser } from '#lib/services/identity/get-viewer.ts';
import { mayIn } from '#lib/services/places/visible-projects.ts';
import { ORGANIZATION_FEATURES } from '../features.ts';
import { nodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

/** What the client would otherwise turn off by itself. */
const USER_FLAGS = JSON.stringify({ code_saving_enabled: true });

const isMe = (user: User, { actor }: WandbContext) => 'userId' in actor && actor.userId === user.id;
/** The client takes null for an attribute that is not there, and raises. */
export const toEmail = (email: string | null) => email ?? '';
const edges = <Node>(nodes: readonly Node[]) => ({ edges: nodes.map((node) => ({ node })) });

async function teamsOf(user: User, ctx: WandbContext) {
  if (!isMe(user, ctx)) return edges([]);
  const own = (await getViewer(ctx)).memberships.map(({ entity }) => entity).filter(({ kind }) => kind !== 'organization');
  return edges(own.toSorted((a, b) => Number(b.kind === 'user') - Number(a.kind === 'user')));
}

async function membersOf(entity: Entity, ctx: WandbContext) {
  // A personal space has its user.
  return (await listPeople(ctx, entity)).map(({ user, role }) => ({
    id: nodeId('User', user.id),
    admin: role === 'admin',
    role,
    pending: false,
    email: toEmail(user.email),
    username: user.username,
    name: user.name,
    accountType: user.serviceEntityId === null ? 'USER' : 'SERVICE',
  }));
}

/** Parents are the domain's own objects: User, Entity, and OrganizationPlace for an Organization. */
export const identityResolvers: Resolvers = {
  Query: {
    viewer: (_: unknown, __: unknown, ctx) => getViewerUser(ctx),
    entity: async (_: unknown, { name }: { name?: string | null }, ctx) => findVisibleEntity(ctx, await entityOrDefault(ctx, name)),
    organization: (_: unknown, { name }: { name: string }, ctx) => findVisibleOrganization(ctx, name),
    users: async (_: unknown, { query }: { query?: string | null }, ctx) => {
      const person = query ? await findPerson(ctx, query) : null;
      return edges(person ? [person] : []);
    },
  },
  User: {
    id: (user: User) => nodeId('User', user.id),
    email: async (user: User, _: unknown, ctx) => toEmail(await emailOf(ctx, user)),
    admin: (user: User) => user.instanceAdmin,
    flags: () => USER_FLAGS,
    entity: (user: User, _: unknown, ctx) => defaultEntityOf(ctx, user),
    deletedAt: (user: User) => (user.deletedAt === null ? null : new Date(user.deletedAt).toISOString()),
    teams: (user: User, _: unknown, ctx) => teamsOf(user, ctx),
    organizations: (user: User, _: unknown, ctx) => (isMe(user, ctx) ? listOrganizationsOfUser(ctx, user) : []),
  },
  Entity: {
    id: (entity: Entity) => nodeId('Entity', entity.id),
    entityType: (entity: Entity) => entity.kind,
    isTeam: (entity: Entity) => entity.kind === 'team',
    available: () => false,
    readOnly: async (entity: Entity, _: unknown, ctx) => !(await mayIn(ctx, entity, 'projects:create')),
    readOnlyAdmin: () => false,
    privateOnly: () => true,
    storageBytes: () => 0,
    codeSavingEnabled: () => true,
    defaultAccess: () => 'PRIVATE',
    members: (entity: Entity, _: unknown, ctx) => membersOf(entity, ctx),
    organization: (entity: Entity, _: unknown, ctx) => organizationOf(ctx, entity),
    user: (entity: Entity, _: unknown, ctx) => (entity.kind === 'user' ? findPerson(ctx, entity.name) : null),
  },
  Organization: {
    id: ({ organization }: OrganizationPlace) => nodeId('Organization', organization.id),
    name: ({ entity }: OrganizationPlace) => entity.name,
    orgEntity: ({ entity }: OrganizationPlace) => entity,
    advancedRegistryFeatures: () => ({ advancedSearch: false }),
    featureFlags: () => ORGANIZATION_FEATURES.map((rampKey) => ({ rampKey, isEnabled: true })),
  },
};
