import type { Collection } from '#lib/domain/artifact.ts';
import type { Automation } from '#lib/domain/automation.ts';
import type { Entity } from '#lib/domain/entity.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { notFound } from '#lib/errors.ts';
import type { ScopeRange } from '#lib/store/automation-lists.ts';
import { type AutomationGroup, listAutomationGroups, listAutomationsByAge } from '#lib/store/automation-pages.ts';
import { findAutomationByNumber } from '#lib/store/automations.ts';
import { listCollectionsByIds } from '#lib/store/collections.ts';
import type { Db } from '#lib/store/connect.ts';
import { listEntitiesByIds } from '#lib/store/entities.ts';
import { listProjectsByIds } from '#lib/store/projects.ts';
import { listTargetStates, type TargetState } from '#lib/store/target-states.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import type { ProjectPlace } from '../places/find-place.ts';
import { guardedOfScope } from '../places/resolve-scope.ts';
import { listVisiblePlaces, type VisiblePlaces } from '../places/visible-places.ts';

/** An automation with the things that its ids stand for; null for what was deleted since. */
export type PlacedAutomation = {
  automation: Automation;
  entity: Entity;
  place: ProjectPlace | null;
  collection: Collection | null;
  target: TargetState | null;
};

/** By number; not found where the actor does not see its place. */
export async function getPlacedAutomation(ctx: Context, id: number): Promise<PlacedAutomation> {
  const automation = await findAutomationByNumber(ctx.db, id);
  const guarded = automation && (await guardedOfScope(ctx.db, automation.scope));
  if (!automation || !guarded) throw notFound('The automation');
  await requirePermission(ctx.db, ctx.actor, 'see', { ...guarded, notFoundAs: 'The automation' });
  const [placed] = await placeAutomations(ctx.db, [automation]);
  if (!placed) throw notFound('The automation');
  return placed;
}

/** Which automations a list holds, of what the actor sees. */
export type Choice = { within: readonly ScopeRange[] | 'everywhere'; withoutEvents: readonly AutomationEvent[]; name?: string | undefined };

/** Oldest first. */
export async function listPlacedAutomations(
  ctx: Context,
  choice: Choice,
  page: { limit?: number; afterId?: number | undefined } = {},
): Promise<PlacedAutomation[]> {
  const automations = await listAutomationsByAge(ctx.reader, visibleChoice(await listVisiblePlaces(ctx), choice), page);
  return placeAutomations(ctx.reader, automations);
}

/** The automations of some places, place by place: the place with the newest one first, in each the oldest first. */
export async function listAutomationsByPlace(
  ctx: Context,
  choice: Choice & { withEntityScopes: boolean },
  page: { limit: number; beforeId?: number | undefined },
): Promise<{ group: AutomationGroup; automations: PlacedAutomation[] }[]> {
  const visible = visibleChoice(await listVisiblePlaces(ctx), choice);
  const groups = await listAutomationGroups(ctx.reader, { ...visible, inProjectsOnly: !choice.withEntityScopes }, page);
  const ranges = groups.map(
    ({ entityId, projectId }): ScopeRange => (projectId === null ? { entityId, wide: true } : { entityId, projectId }),
  );
  const placed = await placeAutomations(ctx.reader, await listAutomationsByAge(ctx.reader, { ...visible, ranges }));
  const own = Map.groupBy(placed, ({ automation: { scope } }) => groupKey(scope.entityId, 'projectId' in scope ? scope.projectId : null));
  return groups.map((group) => ({ group, automations: own.get(groupKey(group.entityId, group.projectId)) ?? [] }));
}

const groupKey = (entityId: number, projectId: number | null) => `${entityId}/${projectId ?? ''}`;

function visibleChoice(visible: VisiblePlaces, { within, withoutEvents, name }: Choice) {
  const ranges =
    within === 'everywhere'
      ? visible.entityIds.map((entityId) => ({ entityId }))
      : within.filter(({ entityId }) => visible.entities.has(entityId));
  return { ranges, hiddenProjectIds: visible.hiddenProjectIds, withoutEvents, name };
}

async function placeAutomations(db: Db, automations: readonly Automation[]): Promise<PlacedAutomation[]> {
  const scopes = automations.map(({ scope }) => scope);
  const [entities, projects, collections, targets] = await Promise.all([
    listEntitiesByIds(
      db,
      scopes.map(({ entityId }) => entityId),
    ),
    listProjectsByIds(
      db,
      scopes.flatMap((scope) => ('projectId' in scope ? [{ entityId: scope.entityId, id: scope.projectId }] : [])),
    ),
    listCollectionsByIds(
      db,
      scopes.flatMap((scope) => ('collectionId' in scope ? [{ entityId: scope.entityId, id: scope.collectionId }] : [])),
    ),
    listTargetStates(
      db,
      automations.flatMap(({ action }) => (action.kind === 'nothing' ? [] : [action.target])),
    ),
  ]);
  return automations.flatMap((automation) => {
    const { scope, action } = automation;
    const entity = entities.get(scope.entityId);
    const project = 'projectId' in scope ? projects.get(scope.projectId) : undefined;
    if (!entity) return [];
    const guarded = project?.kind === 'registry' ? { ...entity, registryId: project.id } : entity;
    return {
      automation,
      entity,
      place: project ? { project, entity, guarded } : null,
      collection: ('collectionId' in scope && collections.get(scope.collectionId)) || null,
      target: (action.kind !== 'nothing' && targets.get(action.target.targetId)) || null,
    };
  });
}
