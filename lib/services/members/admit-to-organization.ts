import type { Entity } from '#lib/domain/entity.ts';
import { findRole } from '#lib/store/memberships.ts';
import { findUserByName } from '#lib/store/users.ts';
import type { Context } from '../context.ts';
import { addMember } from './add-member.ts';

/** Makes somebody a viewer of an organization who is not in it yet: its registries have roles for its own people only. */
export async function admitToOrganization(ctx: Context, organization: Entity, username: string): Promise<void> {
  const user = await findUserByName(ctx.reader, username);
  if (user && (await findRole(ctx.reader, organization.id, user.id)) !== null) return;
  await addMember(ctx, { kind: 'organization', group: organization.name, username, role: 'viewer' });
}
