import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import type { Db } from './connect.ts';
import { nextNumber } from './numbers.ts';

export type NewRegistry = { entityId: number; name: string; artifactTypes: string[] | null; createdById: number; at: number };

/** A registry of an organization that has none of this name yet. */
export async function insertFirstRegistry(db: Db, registry: NewRegistry): Promise<void> {
  await db
    .insertInto('projects')
    .values({
      entity_id: registry.entityId,
      id: await nextNumber(db, 'project'),
      kind: 'registry',
      name: `${REGISTRY_PROJECT_PREFIX}${registry.name}`,
      description: '',
      visibility: 'organization',
      artifact_types: registry.artifactTypes && JSON.stringify(registry.artifactTypes),
      created_by_id: registry.createdById,
      created_at: registry.at,
      updated_at: registry.at,
    })
    .execute();
}

/** Whether only the registry's own members see it; false too for one that is gone. */
export async function isRestrictedRegistry(db: Db, entityId: number, projectId: number): Promise<boolean> {
  const row = await db
    .selectFrom('projects')
    .select('visibility')
    .where('entity_id', '=', entityId)
    .where('id', '=', projectId)
    .executeTakeFirst();
  return row?.visibility === 'restricted';
}

/** The registries of these organizations that only their own members see. */
export async function listRestrictedRegistries(db: Db, entityIds: readonly number[]): Promise<{ entityId: number; projectId: number }[]> {
  if (entityIds.length === 0) return [];
  return db
    .selectFrom('projects')
    .select(['entity_id as entityId', 'id as projectId'])
    .where('entity_id', 'in', [...entityIds])
    .where('kind', '=', 'registry')
    .where('visibility', '=', 'restricted')
    .orderBy('id')
    .execute();
}

/** The numbers of all registries of an organization. */
export async function listRegistryIds(db: Db, entityId: number): Promise<number[]> {
  const rows = await db.selectFrom('projects').select('id').where('entity_id', '=', entityId).where('kind', '=', 'registry').execute();
  return rows.map(({ id }) => id);
}

export async function countProjects(db: Db, entityId: number): Promise<number> {
  const { count } = await db
    .selectFrom('projects')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entity_id', '=', entityId)
    .executeTakeFirstOrThrow();
  return count;
}
