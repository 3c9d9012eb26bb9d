import { z } from 'zod';

/** Where an automation listens, as documents say it: names, never ids. Exactly one key. */
export const ScopeDocument = z.union(
  [
    z.strictObject({ project: z.string().min(1) }),
    z.strictObject({ collection: z.string().min(1) }),
    z.strictObject({ registry: z.string().min(1) }),
    z.strictObject({ registryCollection: z.string().min(1) }),
    z.strictObject({ team: z.string().min(1) }),
    z.strictObject({ organization: z.string().min(1) }),
  ],
  'Say where the automation listens: one of project, collection, registry, registryCollection, team or organization.',
);
export type ScopeDocument = z.infer<typeof ScopeDocument>;

/**
 * Where it listens, as stored. `entityId` is the team's, the personal space's or the organization's own entity;
 * a registry is a project of its organization's entity, its collections are that project's collections.
 */
export type Scope =
  | { kind: 'project' | 'registry'; entityId: number; projectId: number }
  | { kind: 'collection' | 'registryCollection'; entityId: number; projectId: number; collectionId: number }
  | { kind: 'team' | 'organization'; entityId: number };

/** Where an event happened: one place, contained in wider ones. */
export type Place = {
  entityId: number;
  entity: string;
  /** The entity of the organization that owns the place; absent for personal spaces. Equal to entityId in a registry. */
  organizationEntityId?: number;
  organization?: string;
  projectId: number;
  /** As the client names it: a registry's is "wandb-registry-<name>". */
  project: string;
  isRegistry: boolean;
  collectionId?: number;
  collection?: string;
};

/** The one text by which the store finds an automation's scope again; see scopeKeysOfPlace. */
export function scopeKey(scope: Scope): string {
  switch (scope.kind) {
    case 'collection':
    case 'registryCollection':
      return `c:${scope.collectionId}`;
    case 'project':
    case 'registry':
      return `p:${scope.projectId}`;
    case 'team':
    case 'organization':
      return `e:${scope.entityId}`;
  }
}

/** Every scope that contains the place, as (entityId, scope key): at most four look-ups, whatever the number of automations. */
export function scopeKeysOfPlace(place: Place): { entityId: number; key: string }[] {
  const keys = [{ entityId: place.entityId, key: `p:${place.projectId}` }];
  if (place.collectionId !== undefined) keys.push({ entityId: place.entityId, key: `c:${place.collectionId}` });
  keys.push({ entityId: place.entityId, key: `e:${place.entityId}` });
  if (place.organizationEntityId !== undefined && place.organizationEntityId !== place.entityId) {
    keys.push({ entityId: place.organizationEntityId, key: `e:${place.organizationEntityId}` });
  }
  return keys;
}

/** Whether an automation of this scope watches this place. */
export function scopeContains(scope: Scope, place: Place): boolean {
  switch (scope.kind) {
    case 'collection':
    case 'registryCollection':
      return scope.entityId === place.entityId && scope.collectionId === place.collectionId;
    case 'project':
    case 'registry':
      return scope.entityId === place.entityId && scope.projectId === place.projectId;
    case 'team':
    case 'organization':
      return scope.entityId === place.entityId || scope.entityId === place.organizationEntityId;
  }
}
