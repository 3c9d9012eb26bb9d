import type { Entity } from '#lib/domain/entity.ts';
import type { Role } from '#lib/domain/permissions.ts';
import type { Db } from './connect.ts';
import { listEntitiesByIds } from './entities.ts';

export type RegistryKey = { entityId: number; projectId: number };

/** Users (by their personal entity) and teams with a role of their own in a registry, by name. */
export async function listRegistryMembers(db: Db, { entityId, projectId }: RegistryKey): Promise<{ entity: Entity; role: Role }[]> {
  const rows = await db
    .selectFrom('registry_members')
    .select(['member_entity_id', 'role'])
    .where('entity_id', '=', entityId)
    .where('project_id', '=', projectId)
    .execute();
  const entities = await listEntitiesByIds(
    db,
    rows.map((row) => row.member_entity_id),
  );
  return rows
    .flatMap((row) => {
      const entity = entities.get(row.member_entity_id);
      return entity ? [{ entity, role: row.role }] : [];
    })
    .sort((a, b) => (a.entity.name < b.entity.name ? -1 : 1));
}

/** Gives the role, or changes the one there was. */
export async function putRegistryMember(db: Db, key: RegistryKey, memberEntityId: number, role: Role, nowMs: number): Promise<void> {
  await db
    .insertInto('registry_members')
    .values({ entity_id: key.entityId, project_id: key.projectId, member_entity_id: memberEntityId, role, created_at: nowMs })
    .onConflict((conflict) => conflict.columns(['entity_id', 'project_id', 'member_entity_id']).doUpdateSet({ role }))
    .execute();
}

/** False when it had none. */
export async function deleteRegistryMember(db: Db, key: RegistryKey, memberEntityId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('registry_members')
    .where('entity_id', '=', key.entityId)
    .where('project_id', '=', key.projectId)
    .where('member_entity_id', '=', memberEntityId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The roles of a user, by the personal entity, in every registry of an organization. */
export async function deleteRegistryRolesOf(db: Db, organizationEntityId: number, memberEntityId: number): Promise<void> {
  await db
    .deleteFrom('registry_members')
    .where('entity_id', '=', organizationEntityId)
    .where('member_entity_id', '=', memberEntityId)
    .execute();
}
