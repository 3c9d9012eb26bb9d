import type { Permission } from '#lib/domain/permissions.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { Sender } from '#lib/engine/ingest.ts';
import type { Db } from '#lib/store/connect.ts';
import { getEntity, requirePermission } from '../access.ts';
import type { Context } from '../context.ts';

/** The caller as the engine knows who sends: a link or alias may reach into a registry, where rights are asked for again. */
export function senderOf({ actor }: Context, permission: Permission): Sender {
  const known = 'userId' in actor;
  return {
    username: known ? actor.username : null,
    userId: known ? actor.userId : null,
    requireWrite: async (db: Db, place: Place) => {
      const entity = await getEntity(db, place.entityId);
      await requirePermission(db, actor, permission, place.isRegistry ? { ...entity, registryId: place.projectId } : entity);
    },
  };
}
