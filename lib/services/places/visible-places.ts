import type { Entity } from '#lib/domain/entity.ts';
import type { Role } from '#lib/domain/permissions.ts';
import { listMembershipsOfUser } from '#lib/store/memberships.ts';
import { listOwnRegistryRoles, type RegistryRole } from '../access.ts';
import type { Context } from '../context.ts';

/** Everything that the actor sees: the entities they belong to, less the registries that are closed to them. */
export type VisiblePlaces = {
  entities: ReadonlyMap<number, { entity: Entity; role: Role }>;
  entityIds: number[];
  /** Registries of those organizations that the actor may not see. */
  hiddenProjectIds: number[];
  /** The registries of an organization that give the actor another role than it does. */
  ownRegistryRoles: (entityId: number) => RegistryRole[];
  /** The actor's role where it happened: registries may give another than their organization. */
  roleAt: (entityId: number, projectId?: number | null) => Role | null;
  /** Whether names of registries need their organization's before them. */
  severalOrganizations: boolean;
};

export async function listVisiblePlaces(ctx: Context): Promise<VisiblePlaces> {
  const memberships = 'userId' in ctx.actor ? await listMembershipsOfUser(ctx.db, ctx.actor.userId) : [];
  const entities = new Map(memberships.map(({ entity, role }) => [entity.id, { entity, role }]));
  const organizations = memberships.filter(({ entity }) => entity.kind === 'organization');
  const own =
    'userId' in ctx.actor
      ? await listOwnRegistryRoles(
          ctx.db,
          organizations.map(({ entity, role }) => ({ entityId: entity.id, role })),
          ctx.actor.userId,
        )
      : [];
  const ownRoles = new Map(own.map(({ projectId, role }) => [projectId, role]));
  return {
    entities,
    entityIds: [...entities.keys()],
    hiddenProjectIds: own.filter(({ role }) => role === null).map(({ projectId }) => projectId),
    ownRegistryRoles: (entityId) => own.filter((registry) => registry.entityId === entityId),
    roleAt: (entityId, projectId) =>
      projectId != null && ownRoles.has(projectId) ? ownRoles.get(projectId)! : (entities.get(entityId)?.role ?? null),
    severalOrganizations: organizations.length > 1,
  };
}
