import type { Entity, User } from '#lib/domain/entity.ts';
import type { Role } from '#lib/domain/permissions.ts';
import { conflict } from '#lib/errors.ts';
import { findOrganizationEntity } from '#lib/store/entities.ts';
import { findRole, putMember } from '#lib/store/memberships.ts';
import type { Context } from '../context.ts';

/** A service account belongs to its team alone: that team's admins make its keys, and would be wherever it is. */
export function requireOwnServiceAccount(user: User, entity: Entity): void {
  if (user.serviceEntityId !== null && user.serviceEntityId !== entity.id) {
    throw conflict(`"${user.username}" is a service account of another team.`);
  }
}

/** Puts a user into a group; being in a team makes a user a member of its organization, a team's viewer its viewer. */
export async function join(ctx: Context, entity: Entity, userId: number, role: Role): Promise<void> {
  await putMember(ctx.db, entity.id, userId, role, ctx.now());
  if (entity.kind !== 'team' || entity.organizationId === null) return;
  const organization = await findOrganizationEntity(ctx.db, entity.organizationId);
  if (organization && (await findRole(ctx.db, organization.id, userId)) === null) {
    await putMember(ctx.db, organization.id, userId, role === 'viewer' ? 'viewer' : 'member', ctx.now());
  }
}
