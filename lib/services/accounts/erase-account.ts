import type { User } from '#lib/domain/entity.ts';
import { deleteApiKeysOfUser } from '#lib/store/api-keys.ts';
import { deleteEntityRows } from '#lib/store/delete-entity.ts';
import { retireEntity } from '#lib/store/entities.ts';
import { deleteMembershipsOfUser } from '#lib/store/memberships.ts';
import { deleteSignInAccount } from '#lib/store/sign-in-accounts.ts';
import { markUserDeleted } from '#lib/store/users.ts';
import { getEntity } from '../access.ts';
import type { Context } from '../context.ts';

/** Takes keys, sessions, memberships and the personal space; what the user made elsewhere stays, with "(deleted)" at the name. */
export async function eraseAccount(ctx: Context, user: User): Promise<void> {
  const personal = await getEntity(ctx.db, user.entityId);
  await deleteApiKeysOfUser(ctx.db, user.id);
  await deleteSignInAccount(ctx.db, user.id);
  await deleteMembershipsOfUser(ctx.db, user.id);
  await deleteEntityRows(ctx.db, personal.id);
  await markUserDeleted(ctx.db, user.id, ctx.now());
  await retireEntity(ctx.db, personal);
  ctx.accounts.forget();
}
