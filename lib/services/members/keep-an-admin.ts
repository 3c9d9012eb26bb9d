import type { Entity } from '#lib/domain/entity.ts';
import { conflict } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { lockEntity } from '#lib/store/entities.ts';
import { listActiveAdminIds } from '#lib/store/memberships.ts';

/** Refuses to take the last admin away; who removes another at the same time waits until we are done. */
export async function keepAnAdmin(db: Db, entity: Entity, leavingUserId: number): Promise<void> {
  await lockEntity(db, entity.id);
  const admins = await listActiveAdminIds(db, entity.id);
  if (admins.includes(leavingUserId) && admins.length === 1) {
    throw conflict(`This is the last admin of the ${entity.kind} "${entity.name}". Make somebody else an admin first.`);
  }
}
