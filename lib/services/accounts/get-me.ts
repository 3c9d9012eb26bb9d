import type { MeView } from '#lib/contracts/session.ts';
import { unauthenticated } from '#lib/errors.ts';
import { findOrganization, findOrganizationEntity } from '#lib/store/entities.ts';
import { listMembershipsOfUser, type Membership } from '#lib/store/memberships.ts';
import { findUser } from '#lib/store/users.ts';
import type { Context } from '../context.ts';
import { listMyNotices } from '../notices/list-my-notices.ts';

/** Who I am, where I belong, and what I should know. */
export async function getMe(ctx: Context): Promise<MeView> {
  const user = 'userId' in ctx.actor ? await findUser(ctx.reader, ctx.actor.userId) : null;
  if (!user) throw unauthenticated();
  const memberships = await listMembershipsOfUser(ctx.reader, user.id);
  return {
    username: user.username,
    name: user.name,
    email: user.email,
    instanceAdmin: user.instanceAdmin,
    entities: await Promise.all(memberships.map((membership) => toMyEntity(ctx, membership))),
    publicUrl: ctx.publicUrl,
    version: ctx.version,
    notices: await listMyNotices(ctx, memberships),
  };
}

async function toMyEntity({ reader }: Context, { entity, role }: Membership): Promise<MeView['entities'][number]> {
  const organization = entity.organizationId === null ? null : await findOrganization(reader, entity.organizationId);
  const owner = entity.kind === 'team' && organization ? await findOrganizationEntity(reader, organization.id) : null;
  return {
    name: entity.name,
    kind: entity.kind,
    displayName: entity.kind === 'organization' && organization ? organization.displayName : entity.name,
    role,
    organization: owner?.name ?? null,
  };
}
