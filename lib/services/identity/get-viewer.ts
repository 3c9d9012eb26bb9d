import type { User } from '#lib/domain/entity.ts';
import { unauthenticated } from '#lib/errors.ts';
import { listMembershipsOfUser, type Membership } from '#lib/store/memberships.ts';
import { findUser } from '#lib/store/users.ts';
import type { Context } from '../context.ts';

/** Whoever asks. */
export async function getViewerUser({ reader, actor }: Context): Promise<User> {
  const user = 'userId' in actor ? await findUser(reader, actor.userId) : null;
  if (!user) throw unauthenticated();
  return user;
}

/** Whoever asks, with everything they belong to. */
export async function getViewer(ctx: Context): Promise<{ user: User; memberships: Membership[] }> {
  const user = await getViewerUser(ctx);
  return { user, memberships: await listMembershipsOfUser(ctx.reader, user.id) };
}
