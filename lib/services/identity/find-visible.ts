import type { Entity, Organization, User } from '#lib/domain/entity.ts';
import { foldName } from '#lib/domain/names.ts';
import { findEntity, findEntityByName, findOrganization, findOrganizationEntity, listOrganizationEntities } from '#lib/store/entities.ts';
import { listMembers, listMembershipsOfUser, type Member } from '#lib/store/memberships.ts';
import { findUserByEmail, findUserByName } from '#lib/store/users.ts';
import { requirePermission, standingOf } from '../access.ts';
import type { Context } from '../context.ts';

/** An organization and the entity under whose name it owns its registries. */
export type OrganizationPlace = { organization: Organization; entity: Entity };

async function sees(ctx: Context, entity: Entity): Promise<boolean> {
  const { role, manages } = await standingOf(ctx.reader, ctx.actor, entity);
  return role !== null || manages;
}

/** Null where there is no such entity or the actor does not know of it. */
export async function findVisibleEntity(ctx: Context, name: string): Promise<Entity | null> {
  const entity = await findEntityByName(ctx.reader, name);
  return entity && (await sees(ctx, entity)) ? entity : null;
}

export async function findVisibleEntityById(ctx: Context, id: number): Promise<Entity | null> {
  const entity = await findEntity(ctx.reader, id);
  return entity && (await sees(ctx, entity)) ? entity : null;
}

/** By the name of its entity, or by the name it shows where only one of those that the actor sees has it. */
export async function findVisibleOrganization(ctx: Context, name: string): Promise<OrganizationPlace | null> {
  const named = await findEntityByName(ctx.reader, name);
  if (named?.kind === 'organization') return (await sees(ctx, named)) ? organizationOf(ctx, named) : null;
  const shown: OrganizationPlace[] = [];
  for (const entity of await listOrganizationEntities(ctx.reader)) {
    const place = await organizationOf(ctx, entity);
    if (place && foldName(place.organization.displayName) === foldName(name) && (await sees(ctx, entity))) shown.push(place);
  }
  return shown.length === 1 ? shown[0]! : null;
}

/** The organization that a team belongs to, or whose own entity this is; null for personal spaces. */
export async function organizationOf({ reader }: Context, entity: Entity): Promise<OrganizationPlace | null> {
  if (entity.organizationId === null) return null;
  const organization = await findOrganization(reader, entity.organizationId);
  const own = entity.kind === 'organization' ? entity : await findOrganizationEntity(reader, entity.organizationId);
  return organization && own && { organization, entity: own };
}

/** The organizations that the actor is a member of. */
export async function listOrganizationsOfUser(ctx: Context, user: User): Promise<OrganizationPlace[]> {
  const memberships = await listMembershipsOfUser(ctx.reader, user.id);
  const own = memberships.filter(({ entity }) => entity.kind === 'organization');
  const places = await Promise.all(own.map(({ entity }) => organizationOf(ctx, entity)));
  return places.filter((place) => place !== null);
}

/** The organization's teams that the actor is a member of. */
export async function listTeamsOf(ctx: Context, organization: Organization): Promise<Entity[]> {
  const memberships = 'userId' in ctx.actor ? await listMembershipsOfUser(ctx.reader, ctx.actor.userId) : [];
  return memberships
    .map(({ entity }) => entity)
    .filter(({ kind, organizationId }) => kind === 'team' && organizationId === organization.id);
}

/** In the order in which they joined. */
export async function listPeople(ctx: Context, entity: Entity): Promise<Member[]> {
  await requirePermission(ctx.reader, ctx.actor, 'members:list', entity);
  return (await listMembers(ctx.reader, entity.id)).toSorted((a, b) => a.createdAt - b.createdAt || a.user.id - b.user.id);
}

/** Somebody by user name or e-mail whom the actor shares a team or organization with; instance admins find everybody. */
export async function findPerson(ctx: Context, text: string): Promise<User | null> {
  const user = text.includes('@') ? await findUserByEmail(ctx.reader, text) : await findUserByName(ctx.reader, text);
  return user && (await knows(ctx, user)) ? user : null;
}

/** Whether the actor shares a team or organization with somebody; instance admins know everybody. */
async function knows({ reader, actor }: Context, user: User): Promise<boolean> {
  if (!('userId' in actor)) return false;
  if (actor.instanceAdmin || user.id === actor.userId) return true;
  const mine = new Set((await listMembershipsOfUser(reader, actor.userId)).map(({ entity }) => entity.id));
  return (await listMembershipsOfUser(reader, user.id)).some(({ entity }) => mine.has(entity.id));
}

/** Null where there is none, or it is not the actor's to know. */
export const emailOf = async (ctx: Context, user: User): Promise<string | null> =>
  user.email !== null && (await knows(ctx, user)) ? user.email : null;
