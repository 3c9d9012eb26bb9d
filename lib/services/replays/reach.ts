import { roleMay } from '#lib/domain/permissions.ts';
import type { FailedFilter } from '#lib/store/dead-letters.ts';
import type { VisiblePlaces } from '../places/visible-places.ts';

/** Of an entity's executions those that I may replay: registries may give another role than their organization. */
export type Reach = Pick<FailedFilter, 'exceptProjectIds' | 'onlyProjectIds'>;

/** Null where I may replay nothing. */
export function reachOf(visible: VisiblePlaces, entityId: number): Reach | null {
  const registries = visible.ownRegistryRoles(entityId);
  const may = registries.filter(({ role }) => roleMay(role, 'executions:replay')).map(({ projectId }) => projectId);
  const mayNot = registries.filter(({ role }) => !roleMay(role, 'executions:replay')).map(({ projectId }) => projectId);
  if (roleMay(visible.entities.get(entityId)?.role ?? null, 'executions:replay')) return { exceptProjectIds: mayNot };
  return may.length > 0 ? { onlyProjectIds: may } : null;
}
