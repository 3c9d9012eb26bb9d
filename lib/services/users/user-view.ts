import type { z } from 'zod';
import type { UserView } from '#lib/contracts/organizations.ts';
import type { User } from '#lib/domain/entity.ts';
import type { Db } from '#lib/store/connect.ts';
import { listEntitiesByIds } from '#lib/store/entities.ts';

export async function toUserViews(db: Db, users: readonly User[]): Promise<z.output<typeof UserView>[]> {
  const teams = await listEntitiesByIds(
    db,
    users.flatMap(({ serviceEntityId }) => serviceEntityId ?? []),
  );
  return users.map((user) => ({
    username: user.username,
    name: user.name,
    email: user.email,
    admin: user.instanceAdmin,
    serviceAccountOf: user.serviceEntityId === null ? null : (teams.get(user.serviceEntityId)?.name ?? null),
    disabled: user.disabledAt !== null,
    createdAt: user.createdAt,
  }));
}
