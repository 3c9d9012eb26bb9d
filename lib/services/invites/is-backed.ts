import type { Entity } from '#lib/domain/entity.ts';
import type { Db } from '#lib/store/connect.ts';
import type { Invite } from '#lib/store/invites.ts';
import { findUser } from '#lib/store/users.ts';
import { userMay } from '../access.ts';

/** Whether its maker may still invite: a link kept back is no way in for who was removed, nor a gift of theirs. */
export async function isBacked(db: Db, { createdById }: Invite, entity: Entity): Promise<boolean> {
  const maker = await findUser(db, createdById);
  return maker !== null && (await userMay(db, maker, 'members:write', entity));
}
