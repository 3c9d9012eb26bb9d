import { type Entity, isActive, type User } from '#lib/domain/entity.ts';
import { type Actor, judge, PERMISSION_WORDS, type Permission, type Role, type Standing } from '#lib/domain/permissions.ts';
import { forbidden, notFound, unauthenticated } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntity, findEntityByName, findOrganizationEntity } from '#lib/store/entities.ts';
import { findRole, listRegistryRoles, listRegistryRolesIn } from '#lib/store/memberships.ts';
import { isRestrictedRegistry, listRestrictedRegistries } from '#lib/store/registries.ts';
import { findUser } from '#lib/store/users.ts';
import type { Guarded } from './context.ts';

const RANK: readonly Role[] = ['restricted_viewer', 'viewer', 'member', 'admin'];
const strongest = (roles: readonly Role[]) => roles.toSorted((a, b) => RANK.indexOf(b) - RANK.indexOf(a))[0] ?? null;

/**
 * Someone's role in a registry, for members of its organization only, whose admins manage it: its own word about the user,
 * else about the user's teams, else the organization's role.
 */
async function registryRole(db: Db, registry: { entityId: number; projectId: number }, userId: number): Promise<Role | null> {
  const organizationRole = await findRole(db, registry.entityId, userId);
  if (organizationRole === null || organizationRole === 'admin') return organizationRole;
  const own = await listRegistryRoles(db, registry, userId);
  if (own.length > 0) return ownRole(own);
  return (await isRestrictedRegistry(db, registry.entityId, registry.projectId)) ? null : organizationRole;
}

/** The user's own role before those of teams. */
const ownRole = (own: readonly { role: Role; direct: boolean }[]) =>
  own.find(({ direct }) => direct)?.role ?? strongest(own.map(({ role }) => role));

export type RegistryRole = { entityId: number; projectId: number; role: Role | null };

/** The roles of a user in all registries of these organizations that give another than their organization, or none. */
export async function listOwnRegistryRoles(
  db: Db,
  organizations: readonly { entityId: number; role: Role }[],
  userId: number,
): Promise<RegistryRole[]> {
  const entityIds = organizations.filter(({ role }) => role !== 'admin').map(({ entityId }) => entityId);
  const [restricted, given] = await Promise.all([listRestrictedRegistries(db, entityIds), listRegistryRolesIn(db, entityIds, userId)]);
  const roles = new Map<number, RegistryRole>(restricted.map((registry) => [registry.projectId, { ...registry, role: null }]));
  for (const [projectId, own] of Map.groupBy(given, (entry) => entry.projectId))
    roles.set(projectId, { entityId: own[0]!.entityId, projectId, role: ownRole(own) });
  return [...roles.values()];
}

/** How the actor stands to an entity or registry, read from the store each time: a role that is gone stops working at once. */
export async function standingOf(db: Db, actor: Actor, place: Guarded): Promise<Standing> {
  if (actor.kind === 'system') return { role: 'admin', manages: true };
  if (actor.kind === 'anonymous') return { role: null, manages: false };
  const role =
    place.registryId === undefined
      ? await findRole(db, place.id, actor.userId)
      : await registryRole(db, { entityId: place.id, projectId: place.registryId }, actor.userId);
  return { role, manages: await manages(db, actor, place) };
}

/** Whether somebody who is not the one who asks has a right, as they are now. */
export async function userMay(db: Db, user: User, permission: Permission, place: Guarded): Promise<boolean> {
  if (!isActive(user)) return false;
  const actor = { kind: 'user', userId: user.id, username: user.username, instanceAdmin: user.instanceAdmin, sessionId: '' } as const;
  return judge(await standingOf(db, actor, place), permission) === 'allowed';
}

async function manages(db: Db, actor: Extract<Actor, { userId: number }>, place: Guarded): Promise<boolean> {
  if (place.kind === 'user') return false;
  if (actor.instanceAdmin) return true;
  if (place.kind !== 'team' || place.organizationId === null) return false;
  const organization = await findOrganizationEntity(db, place.organizationId);
  return organization !== null && (await findRole(db, organization.id, actor.userId)) === 'admin';
}

/**
 * Answers the role, or throws: unauthenticated, not found where the actor does not see it, forbidden where he sees it and may
 * not. `otherwise` is for a place that the actor has been told of: lacking the right there is forbidden, in these words.
 */
export async function requirePermission(
  db: Db,
  actor: Actor,
  permission: Permission,
  place: Guarded,
  otherwise?: string,
): Promise<Role | null> {
  if (actor.kind === 'anonymous') throw unauthenticated();
  const standing = await standingOf(db, actor, place);
  const verdict = judge(standing, permission);
  if (verdict !== 'allowed' && otherwise !== undefined) throw forbidden(otherwise);
  if (verdict === 'not_found') throw notFound(nameOf(place));
  if (verdict === 'forbidden') throw forbidden(refusal(permission, standing));
  return standing.role;
}

const nameOf = (place: Guarded) =>
  place.notFoundAs ??
  (place.registryId !== undefined ? 'The registry' : `The ${place.kind === 'user' ? 'personal space' : place.kind} "${place.name}"`);

function refusal(permission: Permission, { role }: Standing): string {
  const words = PERMISSION_WORDS[permission];
  return role === null
    ? `You may not ${words}, because you are no member. You manage its members: add yourself first.`
    : `You may not ${words} as ${role}. Ask an admin for the right.`;
}

/** The user or key behind the actor as they are now: a disabled or deleted account is refused, lost rights count at once. */
export async function currentActor(db: Db, actor: Actor): Promise<Actor> {
  if (actor.kind === 'system' || actor.kind === 'anonymous') return actor;
  const user = await findUser(db, actor.userId);
  if (!user || !isActive(user)) throw unauthenticated();
  return { ...actor, instanceAdmin: user.instanceAdmin };
}

export async function getEntity(db: Db, id: number): Promise<Entity> {
  const entity = await findEntity(db, id);
  if (!entity) throw notFound('The entity');
  return entity;
}

/**
 * By name, without a look at rights; who asks is judged afterwards. A name that is taken reads as one that is free to who
 * does not see it.
 */
export async function getEntityByName(db: Db, name: string, kind?: Entity['kind']): Promise<Guarded> {
  const entity = await findEntityByName(db, name);
  const what = `The ${kind ?? 'entity'} "${name}"`;
  if (!entity || (kind !== undefined && entity.kind !== kind)) throw notFound(what);
  return { ...entity, notFoundAs: what };
}
