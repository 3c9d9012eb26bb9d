import type { Entity, User } from '#lib/domain/entity.ts';
import type { Role } from '#lib/domain/permissions.ts';
import type { Db } from './connect.ts';
import { toEntity } from './entities.ts';
import { prepared } from './prepared.ts';
import { toUser } from './users.ts';

const roleOfMember = prepared((db, given: { entityId: number; userId: number }) =>
  db.selectFrom('memberships').select('role').where('entity_id', '=', given.entityId).where('user_id', '=', given.userId),
);

/** The role as a member of this entity itself; null for who is none. */
export async function findRole(db: Db, entityId: number, userId: number): Promise<Role | null> {
  const [row] = (await roleOfMember(db, { entityId, userId })).rows;
  return row?.role ?? null;
}

const registryRoles = (db: Db, userId: number) =>
  db
    .selectFrom('registry_members')
    .innerJoin('memberships', 'memberships.entity_id', 'registry_members.member_entity_id')
    .innerJoin('entities', 'entities.id', 'registry_members.member_entity_id')
    .select(['registry_members.entity_id', 'registry_members.project_id', 'registry_members.role', 'entities.kind'])
    .where('memberships.user_id', '=', userId);

export type GivenRole = { entityId: number; projectId: number; role: Role; direct: boolean };

const toGivenRole = (row: { entity_id: number; project_id: number; role: string; kind: Entity['kind'] }): GivenRole => ({
  entityId: row.entity_id,
  projectId: row.project_id,
  role: row.role as Role,
  direct: row.kind === 'user',
});

/** Roles that a registry gives of its own, to the user (personal entity) or to teams the user is in. */
export async function listRegistryRoles(db: Db, registry: { entityId: number; projectId: number }, userId: number): Promise<GivenRole[]> {
  const rows = await registryRoles(db, userId)
    .where('registry_members.entity_id', '=', registry.entityId)
    .where('registry_members.project_id', '=', registry.projectId)
    .execute();
  return rows.map(toGivenRole);
}

/** The same for all registries of these organizations. */
export async function listRegistryRolesIn(db: Db, entityIds: readonly number[], userId: number): Promise<GivenRole[]> {
  if (entityIds.length === 0) return [];
  const rows = await registryRoles(db, userId)
    .where('registry_members.entity_id', 'in', [...entityIds])
    .execute();
  return rows.map(toGivenRole);
}

export type Membership = { entity: Entity; role: Role; createdAt: number };

const membershipsOfUser = prepared((db, given: { userId: number }) =>
  db
    .selectFrom('memberships')
    .innerJoin('entities', 'entities.id', 'memberships.entity_id')
    .selectAll('entities')
    .select(['memberships.role', 'memberships.created_at as joined_at'])
    .where('memberships.user_id', '=', given.userId)
    .orderBy('entities.name_folded'),
);

/** Everywhere a user belongs, personal space included. */
export async function listMembershipsOfUser(db: Db, userId: number): Promise<Membership[]> {
  const { rows } = await membershipsOfUser(db, { userId });
  return rows.map((row) => ({ entity: toEntity(row), role: row.role, createdAt: row.joined_at }));
}

export type Member = { user: User; role: Role; createdAt: number };

export async function listMembers(db: Db, entityId: number): Promise<Member[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .selectAll('users')
    .select(['memberships.role', 'memberships.created_at as joined_at'])
    .where('memberships.entity_id', '=', entityId)
    .where('users.deleted_at', 'is', null)
    .orderBy('users.username')
    .execute();
  return rows.map((row) => ({ user: toUser(row), role: row.role, createdAt: row.joined_at }));
}

export async function countMembers(db: Db, entityId: number): Promise<number> {
  const { count } = await db
    .selectFrom('memberships')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Adds the member or changes the role; answers the role before, null for a new member. */
export async function putMember(db: Db, entityId: number, userId: number, role: Role, at: number): Promise<Role | null> {
  const before = await findRole(db, entityId, userId);
  await db
    .insertInto('memberships')
    .values({ entity_id: entityId, user_id: userId, role, created_at: at })
    .onConflict((conflict) => conflict.columns(['entity_id', 'user_id']).doUpdateSet({ role }))
    .execute();
  return before;
}

/** False when there was no such member. */
export async function deleteMember(db: Db, entityId: number, userId: number): Promise<boolean> {
  const gone = await db.deleteFrom('memberships').where('entity_id', '=', entityId).where('user_id', '=', userId).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** In every entity; a last admin is the caller’s to look for. */
export async function deleteMembershipsOfUser(db: Db, userId: number): Promise<void> {
  await db.deleteFrom('memberships').where('user_id', '=', userId).execute();
}

/** Admins who can still act: service accounts and disabled people do not count. */
export async function listActiveAdminIds(db: Db, entityId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select('users.id')
    .where('memberships.entity_id', '=', entityId)
    .where('memberships.role', '=', 'admin')
    .where('users.disabled_at', 'is', null)
    .where('users.deleted_at', 'is', null)
    .where('users.service_entity_id', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}
