import type { Entity } from '#lib/domain/entity.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import type { Project } from '#lib/domain/project.ts';
import type { Place } from '#lib/domain/scope.ts';
import { invalid, notFound } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntityByName, findOrganizationEntity } from '#lib/store/entities.ts';
import { listMembershipsOfUser } from '#lib/store/memberships.ts';
import { findProject } from '#lib/store/projects.ts';
import { requirePermission } from '../access.ts';
import type { Context, Guarded } from '../context.ts';

/** A project or registry with its owner, and as what rights are asked for. */
export type ProjectPlace = { project: Project; entity: Entity; guarded: Guarded };

/** As what rights are asked for a place that was found by a number: `notFoundAs` is what was asked for. */
export const guardedOf = ({ entity, project }: Omit<ProjectPlace, 'guarded'>, notFoundAs: string): Guarded =>
  project.kind === 'registry' ? { ...entity, registryId: project.id, notFoundAs } : { ...entity, notFoundAs };

/** Not found too where the entity exists and the actor is no member: its projects' names are nobody else's business. */
export async function getProjectPlace(ctx: Context, entityName: string, projectName: string): Promise<ProjectPlace> {
  const entity = await findEntityByName(ctx.db, entityName);
  if (projectName.startsWith(REGISTRY_PROJECT_PREFIX)) {
    return getRegistryPlace(ctx, projectName.slice(REGISTRY_PROJECT_PREFIX.length), entityName);
  }
  const project = entity && (await findProject(ctx.db, entity.id, projectName));
  const what = `The project "${entityName}/${projectName}"`;
  if (!entity || !project) throw notFound(what);
  return { project, entity, guarded: { ...entity, notFoundAs: what } };
}

/** `model`, or `acme-org/model` where the actor is in several organizations. */
export async function getRegistryPlace(ctx: Context, name: string, organization?: string): Promise<ProjectPlace> {
  const slash = name.indexOf('/');
  if (slash > 0) return getRegistryPlace(ctx, name.slice(slash + 1), name.slice(0, slash));
  const bare = name.startsWith(REGISTRY_PROJECT_PREFIX) ? name.slice(REGISTRY_PROJECT_PREFIX.length) : name;
  const owners = organization === undefined ? await myOrganizations(ctx) : await named(ctx.db, organization);
  const what = `The registry "${organization ? `${organization}/` : ''}${bare}"`;
  const found: ProjectPlace[] = [];
  for (const entity of owners) {
    const project = await findProject(ctx.db, entity.id, `${REGISTRY_PROJECT_PREFIX}${bare}`);
    if (project) found.push({ project, entity, guarded: { ...entity, registryId: project.id, notFoundAs: what } });
  }
  if (found.length > 1) {
    const choices = found.map(({ entity }) => `${entity.name}/${bare}`).join(' or ');
    throw invalid(`Several of your organizations have a registry "${bare}". Say which: ${choices}.`);
  }
  const [only] = found;
  if (!only) throw notFound(what);
  return only;
}

async function named(db: Db, name: string): Promise<Entity[]> {
  const entity = await findEntityByName(db, name);
  return entity?.kind === 'organization' ? [entity] : [];
}

/** The organizations' own entities that the actor is a member of. */
export async function myOrganizations(ctx: Context): Promise<Entity[]> {
  if (!('userId' in ctx.actor)) return [];
  const memberships = await listMembershipsOfUser(ctx.db, ctx.actor.userId);
  return memberships.map(({ entity }) => entity).filter(({ kind }) => kind === 'organization');
}

/** The place for a request's address, with the right that it needs checked. */
export async function requirePlace(
  ctx: Context,
  permission: Parameters<typeof requirePermission>[2],
  address: PlaceAddress,
): Promise<ProjectPlace & { role: Awaited<ReturnType<typeof requirePermission>> }> {
  const place = await getPlace(ctx, address);
  return { ...place, role: await requirePermission(ctx.db, ctx.actor, permission, place.guarded) };
}

/** How requests name a project or a registry. */
export type PlaceAddress = { entity: string; project: string } | { registry: string; organization?: string | undefined };

export const getPlace = (ctx: Context, address: PlaceAddress) =>
  'registry' in address
    ? getRegistryPlace(ctx, address.registry, address.organization)
    : getProjectPlace(ctx, address.entity, address.project);

/** The place as events and rules know it. */
export async function toPlace(db: Db, { project, entity }: ProjectPlace, collection?: { id: number; name: string }): Promise<Place> {
  const organization = entity.organizationId === null ? null : await findOrganizationEntity(db, entity.organizationId);
  return {
    entityId: entity.id,
    entity: entity.name,
    ...(organization && { organizationEntityId: organization.id, organization: organization.name }),
    projectId: project.id,
    project: project.name,
    isRegistry: project.kind === 'registry',
    ...(collection && { collectionId: collection.id, collection: collection.name }),
  };
}
