import { z } from 'zod';
import { AutomationQuery } from '#lib/contracts/automations.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { AUTOMATION_EVENTS, eventTypeOf } from '#lib/domain/event-types.ts';
import { invalidField } from '#lib/errors.ts';
import { type AutomationListing, listAutomationsIn, type ScopeRange } from '#lib/store/automation-lists.ts';
import { findOrganizationEntity, listTeams } from '#lib/store/entities.ts';
import { findUserByName } from '#lib/store/users.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { type PlaceAddress, requirePlace } from '../places/find-place.ts';
import { parseScopeText, resolveScope } from '../places/resolve-scope.ts';
import { listVisiblePlaces, type VisiblePlaces } from '../places/visible-places.ts';
import { toAutomationViews } from './automation-view.ts';

type Filters = z.output<typeof AutomationQuery>;

/** Everything that I can see, in all scopes. */
export const listAutomations = instanceQuery({
  allow: 'signed_in',
  input: AutomationQuery,
  run: async (ctx, filters) => {
    const visible = await listVisiblePlaces(ctx);
    const within =
      filters.watching === undefined
        ? { ranges: await rangesOf(ctx, visible, filters.scope) }
        : await watchersOf(ctx, visible, filters.watching);
    return listIn(ctx, visible, filters, within);
  },
});

/** What watches one project or registry: its own automations, and those of the team and organization around it. */
export const listAutomationsOfPlace = instanceQuery({
  allow: 'signed_in',
  input: AutomationQuery.extend({ place: z.custom<PlaceAddress>() }),
  run: async (ctx, { place: address, ...filters }) => {
    const { entity, project } = await requirePlace(ctx, 'see', address);
    const visible = await listVisiblePlaces(ctx);
    const ranges = [{ entityId: entity.id, projectId: project.id }, ...(await wideRanges(ctx, visible, entity))];
    return listIn(ctx, visible, filters, { ranges });
  },
});

async function listIn(ctx: Context, visible: VisiblePlaces, filters: Filters, within: Pick<AutomationListing, 'ranges' | 'among'>) {
  const owner = filters.owner === undefined ? undefined : await findUserByName(ctx.db, filters.owner);
  if (owner === null) return { items: [] };
  const rows = await listAutomationsIn(ctx.reader, {
    ...within,
    hiddenProjectIds: visible.hiddenProjectIds,
    q: filters.q,
    on: filters.on,
    actionKind: filters.action,
    status: filters.status,
    createdById: owner?.id,
    beforeId: parseCursor(z.int(), filters.after),
    limit: filters.limit + 1,
  });
  const page = toPage(rows, filters.limit, ({ id }) => id);
  return { ...page, items: await toAutomationViews(ctx, page.items, visible) };
}

/** The automations of a team and of its organization as a whole, as far as the caller sees them. */
async function wideRanges(ctx: Context, visible: VisiblePlaces, entity: Entity): Promise<ScopeRange[]> {
  const organization =
    entity.kind === 'team' && entity.organizationId !== null ? await findOrganizationEntity(ctx.db, entity.organizationId) : null;
  return [entity, organization]
    .filter((owner) => owner !== null && visible.entities.has(owner.id))
    .map((owner) => ({ entityId: owner!.id, wide: true }));
}

/** Everything that something in this place could fire: its own automations and those of what contains it. */
async function watchersOf(ctx: Context, visible: VisiblePlaces, text: string): Promise<Pick<AutomationListing, 'ranges' | 'among'>> {
  const document = parseScopeText(text);
  if (!document) throw invalidField(['watching'], 'Write a place as kind:name, such as collection:acme/vision/detector.');
  const { scope, guarded, entity } = await resolveScope(ctx, document);
  await requirePermission(ctx.db, ctx.actor, 'see', guarded);
  const wide = await wideRanges(ctx, visible, entity);
  const among = AUTOMATION_EVENTS.filter((on) => eventTypeOf(on).scopes.includes(scope.kind));
  if (!('projectId' in scope)) return { ranges: wide, among };
  const { entityId, projectId } = scope;
  const own = 'collectionId' in scope ? [{ entityId, projectId, collectionId: scope.collectionId }] : [];
  return { ranges: [{ entityId, projectId, wide: true }, ...own, ...wide], among };
}

/** A scope and what lies inside it: an organization's teams belong to it as far as the caller is in them. */
async function rangesOf(ctx: Context, visible: VisiblePlaces, scopeText: string | undefined): Promise<ScopeRange[]> {
  if (scopeText === undefined) return visible.entityIds.map((entityId) => ({ entityId }));
  const document = parseScopeText(scopeText);
  if (!document) throw invalidField(['scope'], 'Write a scope as kind:name, such as project:acme/vision or team:acme.');
  const { scope, guarded, entity } = await resolveScope(ctx, document);
  await requirePermission(ctx.db, ctx.actor, 'see', guarded);
  if ('projectId' in scope) {
    const collection = 'collectionId' in scope ? { collectionId: scope.collectionId } : {};
    return [{ entityId: scope.entityId, projectId: scope.projectId, ...collection }];
  }
  if (scope.kind === 'team') return [{ entityId: scope.entityId }];
  const teams = entity.organizationId === null ? [] : await listTeams(ctx.db, entity.organizationId);
  return [entity, ...teams].filter(({ id }) => visible.entities.has(id)).map(({ id }) => ({ entityId: id }));
}
