import type { Entity } from '#lib/domain/entity.ts';
import type { Role } from '#lib/domain/permissions.ts';
import { listMembershipsOfUser } from '#lib/store/memberships.ts';
import { standingOf } from '../access.ts';
import type { Context } from '../context.ts';
import { listRegistriesOf } from './find-place.ts';

/** Everything that the actor sees: the entities they belong to, less the registries that are closed to them. */
export type VisiblePlaces = {
  entities: ReadonlyMap<number, { entity: Entity; role: Role }>;
  entityIds: number[];
  /** Registries of those organizations that the actor may not see. */
  hiddenProjectIds: number[];
  /** The actor's role in each registry of an organization. */
  registryRoles: (entityId: number) => { projectId: number; role: Role | null }[];
  /** The actor's role where it happened: registries may give another than their organization. */
  roleAt: (entityId: number, projectId?: number | null) => Role | null;
  /** Whether names of registries need their organization's before them. */
  severalOrganizations: boolean;
};

export async function listVisiblePlaces(ctx: Context): Promise<VisiblePlaces> {
  const memberships = 'userId' in ctx.actor ? await listMembershipsOfUser(ctx.db, ctx.actor.userId) : [];
  const entities = new Map(memberships.map(({ entity, role }) => [entity.id, { entity, role }]));
  const organizations = memberships.map(({ entity }) => entity).filter(({ kind }) => kind === 'organization');
  const registryRoles = new Map<number, Role | null>();
  const registries: { entityId: number; projectId: number }[] = [];
  for (const registry of await listRegistriesOf(
    ctx.db,
    organizations.map(({ id }) => id),
  )) {
    const { entity } = entities.get(registry.entityId)!;
    registries.push({ entityId: registry.entityId, projectId: registry.id });
    registryRoles.set(registry.id, (await standingOf(ctx.db, ctx.actor, { ...entity, registryId: registry.id })).role);
  }
  return {
    entities,
    entityIds: [...entities.keys()],
    hiddenProjectIds: [...registryRoles].filter(([, role]) => role === null).map(([id]) => id),
    registryRoles: (entityId) =>
      registries
        .filter((registry) => registry.entityId === entityId)
        .map(({ projectId }) => ({ projectId, role: registryRoles.get(projectId)! })),
    roleAt: (entityId, projectId) =>
      projectId != null && registryRoles.has(projectId) ? registryRoles.get(projectId)! : (entities.get(entityId)?.role ?? null),
    severalOrganizations: organizations.length > 1,
  };
}
