import type { Entity, User } from '#lib/domain/entity.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import type { Role } from '#lib/domain/permissions.ts';
import { invalid, notFound } from '#lib/errors.ts';
import type { CollectionPlace, MembershipPlace } from '#lib/services/artifacts/find-artifact.ts';
import { listCollectionsIn, listMembershipsIn } from '#lib/services/artifacts/list-artifacts.ts';
import { entityOrDefault } from '#lib/services/identity/default-entity.ts';
import { emailOf, findVisibleEntity, findVisibleEntityById } from '#lib/services/identity/find-visible.ts';
import { getViewer } from '#lib/services/identity/get-viewer.ts';
import { admitToOrganization } from '#lib/services/members/admit-to-organization.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { findUserBy, findVisibleProject, getProjectByNumber, listProjectsOf } from '#lib/services/places/visible-projects.ts';
import { createProject, deleteProject, updateProject } from '#lib/services/tracking/projects.ts';
import {
  createRegistry,
  deleteRegistry,
  listMembersOfRegistry,
  removeRegistryMember,
  setRegistryMember,
  updateRegistry,
} from '#lib/services/tracking/registries.ts';
import { toCollectionNode, toMembershipNode } from '../artifact-nodes.ts';
import { type PageArguments, parseFilters } from '../connection.ts';
import { chooseCollections, chooseProjects, chooseVersions, pageOf } from '../listings.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';
import { toEmail } from './identity.ts';

type Input<Fields> = { input: Fields };
type Listing = PageArguments & {
  filters?: string | null;
  order?: string | null;
  projectFilters?: string | null;
  collectionFilters?: string | null;
};
type UpsertModelInput = {
  id?: string | null;
  name?: string | null;
  entityName?: string | null;
  description?: string | null;
  access?: string | null;
  artifactTypes?: { name: string }[] | null;
  allowAllArtifactTypesInRegistry?: boolean | null;
};

const isRegistryName = (name: string) => name.startsWith(REGISTRY_PROJECT_PREFIX);
const bareName = (name: string) => name.slice(REGISTRY_PROJECT_PREFIX.length);
const addressOf = ({ project, entity }: ProjectPlace) => ({ registry: bareName(project.name), organization: entity.name });

async function upsertModel(input: UpsertModelInput, ctx: WandbContext) {
  const known = await findModel(input, ctx);
  const entity = known?.entity.name ?? (await entityOrDefault(ctx, input.entityName));
  const name = input.name ?? known?.project.name ?? 'uncategorized';
  const isRegistry = known ? known.project.kind === 'registry' : isRegistryName(name);
  if (isRegistry) await writeRegistry(input, known, entity, name, ctx);
  else if (!known) await createProject(ctx, { entity, name, description: input.description ?? '' });
  else if (typeof input.description === 'string')
    await updateProject(ctx, { entity, project: known.project.name, description: input.description });
  const project = await requireProject(ctx, entity, name);
  return { project, model: project, inserted: known === null };
}

async function findModel(input: UpsertModelInput, ctx: WandbContext): Promise<ProjectPlace | null> {
  if (input.id) return getProjectByNumber(ctx, requireNodeId('Project', input.id));
  const entity = await findVisibleEntity(ctx, await entityOrDefault(ctx, input.entityName));
  return entity && findVisibleProject(ctx, entity, input.name || 'uncategorized');
}

async function requireProject(ctx: WandbContext, entityName: string, name: string): Promise<ProjectPlace> {
  const entity = await findVisibleEntity(ctx, entityName);
  const place = entity && (await findVisibleProject(ctx, entity, name));
  if (!place) throw notFound(`The project "${entityName}/${name}"`);
  return place;
}

const toVisibility = (access: string) => (access === 'RESTRICTED' ? ('restricted' as const) : ('organization' as const));

/** Types that a registry has it keeps: the client sends those that are new. */
function typesOf(
  { allowAllArtifactTypesInRegistry: all, artifactTypes }: UpsertModelInput,
  known: ProjectPlace | null,
): string[] | null | undefined {
  if (all === true) return null;
  const given = (artifactTypes ?? []).map(({ name }) => name);
  if (all !== false && given.length === 0) return undefined;
  return [...new Set([...(known?.project.artifactTypes ?? []), ...given])];
}

async function writeRegistry(input: UpsertModelInput, known: ProjectPlace | null, entity: string, name: string, ctx: WandbContext) {
  const artifactTypes = typesOf(input, known);
  const changes = {
    ...(typeof input.description === 'string' && { description: input.description }),
    ...(input.access && { visibility: toVisibility(input.access) }),
    ...(artifactTypes !== undefined && { artifactTypes }),
  };
  if (known) {
    await updateRegistry(ctx, { ...addressOf(known), ...changes });
    return;
  }
  await createRegistry(ctx, { name: bareName(name), organization: entity, ...changes });
  const { user } = await getViewer(ctx);
  await setRegistryMember(ctx, { registry: bareName(name), organization: entity, kind: 'user', name: user.username, role: 'admin' });
}

async function rename(
  { entityName, oldProjectName, newProjectName }: { entityName: string; oldProjectName: string; newProjectName: string },
  ctx: WandbContext,
) {
  const place = await requireProject(ctx, entityName, oldProjectName);
  if (place.project.kind === 'registry') {
    if (!isRegistryName(newProjectName)) throw invalid(`A registry's name begins with "${REGISTRY_PROJECT_PREFIX}".`);
    await updateRegistry(ctx, { ...addressOf(place), name: bareName(newProjectName) });
  } else await updateProject(ctx, { entity: entityName, project: oldProjectName, name: newProjectName });
  const project = await requireProject(ctx, entityName, newProjectName);
  return { project, model: project, inserted: false };
}

async function deleteModel(id: string, ctx: WandbContext) {
  const place = await getProjectByNumber(ctx, requireNodeId('Project', id));
  if (place.project.kind === 'registry') await deleteRegistry(ctx, { ...addressOf(place), force: true });
  else await deleteProject(ctx, { entity: place.entity.name, project: place.project.name, force: true });
  return { success: true };
}

type MemberNames = { kind: 'user' | 'team'; name: string }[];
type MemberIds = { projectId: string; userIds?: string[] | null; teamIds?: string[] | null };

const projectNumber = (id: string) => requireNodeId('Project', id);

async function membersNamed({ userIds, teamIds }: MemberIds, ctx: WandbContext): Promise<MemberNames> {
  const users = (userIds ?? []).map(async (id) => ({ kind: 'user' as const, name: (await requireUser(ctx, id)).username }));
  const teams = (teamIds ?? []).map(async (id) => ({ kind: 'team' as const, name: (await requireTeam(ctx, id)).name }));
  return Promise.all([...users, ...teams]);
}

async function requireUser(ctx: WandbContext, id: string): Promise<User> {
  const user = await findUserBy(ctx, requireNodeId('User', id));
  if (!user) throw notFound('The user');
  return user;
}

async function requireTeam(ctx: WandbContext, id: string): Promise<Entity> {
  const team = await findVisibleEntityById(ctx, requireNodeId('Entity', id));
  if (!team) throw notFound('The team');
  return team;
}

/** Who is a member already keeps the role; who is not in the organization comes into it. */
async function addMembers(input: MemberIds, ctx: WandbContext) {
  const place = await getProjectByNumber(ctx, projectNumber(input.projectId));
  const address = addressOf(place);
  const members = await listMembersOfRegistry(ctx, address);
  for (const { kind, name } of await membersNamed(input, ctx)) {
    if (members.some((member) => member.kind === kind && member.name === name)) continue;
    if (kind === 'user') await admitToOrganization(ctx, place.entity, name);
    await setRegistryMember(ctx, { ...address, kind, name, role: 'viewer' });
  }
  return { success: true };
}

async function removeMembers(input: MemberIds, ctx: WandbContext) {
  const address = addressOf(await getProjectByNumber(ctx, projectNumber(input.projectId)));
  const members = await listMembersOfRegistry(ctx, address);
  for (const { kind, name } of await membersNamed(input, ctx)) {
    if (members.some((member) => member.kind === kind && member.name === name)) await removeRegistryMember(ctx, { ...address, kind, name });
  }
  return { success: true };
}

const ROLES: readonly Role[] = ['admin', 'member', 'viewer', 'restricted_viewer'];

async function changeRole(projectId: string, role: string, [member]: MemberNames, ctx: WandbContext) {
  if (!ROLES.includes(role as Role)) throw invalid(`"${role}" is no role. There are: ${ROLES.join(', ')}.`);
  const address = addressOf(await getProjectByNumber(ctx, projectNumber(projectId)));
  await setRegistryMember(ctx, { ...address, ...member!, role: role as Role });
  return { success: true };
}

async function membersOf(at: ProjectPlace, kind: 'user' | 'team', ctx: WandbContext) {
  if (at.project.kind !== 'registry') return [];
  return (await listMembersOfRegistry(ctx, addressOf(at))).filter((member) => member.kind === kind);
}

async function userMembers(at: ProjectPlace, ctx: WandbContext) {
  const members = (await membersOf(at, 'user', ctx)).map(async ({ name, role }) => {
    const user = await findUserBy(ctx, name);
    return {
      id: nodeId('User', user?.id ?? 0),
      name: user?.name ?? name,
      username: name,
      email: toEmail(user && (await emailOf(ctx, user))),
      role: { name: role },
    };
  });
  return Promise.all(members);
}

async function teamMembers(at: ProjectPlace, ctx: WandbContext) {
  const members = (await membersOf(at, 'team', ctx)).map(async ({ name, role }) => ({
    team: await findVisibleEntity(ctx, name),
    role: { name: role },
  }));
  return (await Promise.all(members)).filter(({ team }) => team !== null);
}

const everyProject = (entities: readonly Entity[], ctx: WandbContext) => listProjectsOf(ctx, entities, { limit: 10_000 });

async function collectionsOf(entity: Entity, args: Listing & { collectionTypes?: string[] | null }, ctx: WandbContext) {
  const places: CollectionPlace[] = [];
  for (const at of chooseProjects(await everyProject([entity], ctx), parseFilters(args.projectFilters), null))
    places.push(...(await listCollectionsIn(ctx, at)));
  const kinds = (args.collectionTypes ?? []).map((type) => type.toLowerCase());
  const wanted = kinds.length ? places.filter(({ collection }) => kinds.includes(collection.kind)) : places;
  const chosen = await chooseCollections(ctx, wanted, parseFilters(args.filters), args.order);
  const { edges, pageInfo } = pageOf(chosen, args);
  return { edges: edges.map(({ node, cursor }) => ({ node: toCollectionNode(node), cursor })), pageInfo, totalCount: chosen.length };
}

async function membershipsOf(entity: Entity, args: Listing, ctx: WandbContext) {
  const places: MembershipPlace[] = [];
  for (const at of chooseProjects(await everyProject([entity], ctx), parseFilters(args.projectFilters), null)) {
    const collections = await chooseCollections(ctx, await listCollectionsIn(ctx, at), parseFilters(args.collectionFilters), null);
    for (const place of collections) places.push(...(await listMembershipsIn(ctx, place)));
  }
  const chosen = await chooseVersions(ctx, places, parseFilters(args.filters), args.order);
  const { edges, pageInfo } = pageOf(chosen, args);
  return { edges: edges.map(({ node, cursor }) => ({ node: toMembershipNode(node), cursor })), pageInfo };
}

/** Registries are projects of an organization's own entity, under names that begin with a prefix. */
export const registryResolvers: Resolvers = {
  Mutation: {
    upsertModel: (_: unknown, { input }: Input<UpsertModelInput>, ctx) => upsertModel(input, ctx),
    renameProject: (_: unknown, { input }: Input<Parameters<typeof rename>[0]>, ctx) => rename(input, ctx),
    deleteModel: (_: unknown, { input }: Input<{ id: string }>, ctx) => deleteModel(input.id, ctx),
    createProjectMembers: (_: unknown, { input }: Input<MemberIds>, ctx) => addMembers(input, ctx),
    deleteProjectMembers: (_: unknown, { input }: Input<MemberIds>, ctx) => removeMembers(input, ctx),
    updateProjectMember: async (_: unknown, { input }: Input<{ projectId: string; userId: string; userProjectRole: string }>, ctx) =>
      changeRole(input.projectId, input.userProjectRole, await membersNamed({ projectId: '', userIds: [input.userId] }, ctx), ctx),
    updateProjectTeamMember: async (_: unknown, { input }: Input<{ projectId: string; teamId: string; teamProjectRole: string }>, ctx) =>
      changeRole(input.projectId, input.teamProjectRole, await membersNamed({ projectId: '', teamIds: [input.teamId] }, ctx), ctx),
  },
  Entity: {
    artifactCollections: (entity: Entity, args: Listing, ctx) => collectionsOf(entity, args, ctx),
    artifactMemberships: (entity: Entity, args: Listing, ctx) => membershipsOf(entity, args, ctx),
  },
  Project: {
    members: (at: ProjectPlace, _: unknown, ctx) => userMembers(at, ctx),
    teamMembers: (at: ProjectPlace, _: unknown, ctx) => teamMembers(at, ctx),
  },
};
