import type { Automation } from '#lib/domain/automation.ts';
import type { User } from '#lib/domain/entity.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import type { Db } from '#lib/store/connect.ts';
import { listNamesOfPlaces } from '#lib/store/place-names.ts';
import { listTargetStates, type TargetState } from '#lib/store/target-states.ts';
import { listUsersByIds } from '#lib/store/users.ts';
import type { AutomationNames } from './automation-document.ts';

const GONE = '(deleted)';

export type AutomationSurroundings = {
  names: AutomationNames;
  /** False for a collection that was deleted after the automation was made for it. */
  collectionExists: (id: number) => boolean;
  target: (targetId: number) => TargetState | undefined;
  user: (id: number) => User | undefined;
};

/** Everything that views of these automations name, read in a handful of statements. */
export async function readSurroundings(
  db: Db,
  automations: readonly Automation[],
  options: { qualifyRegistries: boolean },
): Promise<AutomationSurroundings> {
  const targets = automations.flatMap(({ action }) => (action.kind === 'nothing' ? [] : [action.target]));
  const [places, targetStates, users] = await Promise.all([
    listNamesOfPlaces(db, {
      entityIds: [...automations.map(({ entityId }) => entityId), ...targets.map(({ entityId }) => entityId)],
      projects: automations.flatMap(({ scope }) => ('projectId' in scope ? [{ entityId: scope.entityId, id: scope.projectId }] : [])),
      collections: automations.flatMap(({ scope }) =>
        'collectionId' in scope ? [{ entityId: scope.entityId, id: scope.collectionId }] : [],
      ),
    }),
    listTargetStates(db, targets),
    listUsersByIds(
      db,
      automations.flatMap(({ createdById }) => createdById ?? []),
    ),
  ]);
  const entity = (id: number) => places.entities.get(id) ?? GONE;
  const project = (id: number) => places.projects.get(id) ?? GONE;
  return {
    names: {
      entity,
      project,
      registry: (entityId, projectId) => {
        const name = registryNameOf(project(projectId));
        return options.qualifyRegistries ? `${entity(entityId)}/${name}` : name;
      },
      collection: (id) => places.collections.get(id) ?? GONE,
      target: (targetId) => targetStates.get(targetId)?.name ?? GONE,
    },
    collectionExists: (id) => places.collections.has(id),
    target: (targetId) => targetStates.get(targetId),
    user: (id) => users.get(id),
  };
}
