import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import type { Entity, User } from '#lib/domain/entity.ts';
import { invalid } from '#lib/errors.ts';
import {
  type Choice,
  listAutomationsByPlace,
  listPlacedAutomations,
  type PlacedAutomation,
} from '#lib/services/automations/placed-automations.ts';
import { listTeamsOf, type OrganizationPlace } from '#lib/services/identity/find-visible.ts';
import { getViewer } from '#lib/services/identity/get-viewer.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { UNNAMED_EVENTS } from '../automations/wire-events.ts';
import { cursorNumber, type PageArguments, pageSize, parseFilters, toConnection } from '../connection.ts';
import type { Resolver, Resolvers, WandbContext } from '../resolver.ts';
import { projectsOf } from './projects.ts';

type Range = Choice['within'];
type ListArguments = PageArguments & { order?: string | null; filters?: string | null };

async function listTriggers(within: Range, page: ListArguments, ctx: WandbContext) {
  if (page.order) throw invalid('order: automations are listed oldest first; leave it away.');
  const choice = { within, withoutEvents: UNNAMED_EVENTS, name: nameIn(page.filters) };
  const limit = pageSize(page);
  const rows = await listPlacedAutomations(ctx, choice, { limit: limit + 1, afterId: cursorNumber(page) });
  return toConnection(rows, limit, ({ automation }) => automation.id);
}

/** `{"name": "<exact name>"}` is what the client asks for; anything else is refused rather than ignored. */
function nameIn(filters: string | null | undefined): string | undefined {
  const { name, ...more } = parseFilters(filters);
  const exact = typeof name === 'object' && name !== null && Object.keys(name).length === 1 ? (name as { $eq?: unknown }).$eq : name;
  if (Object.keys(more).length > 0 || (exact !== undefined && typeof exact !== 'string')) {
    throw invalid('filters: automations are filtered by {"name": "<exact name>"}.');
  }
  return exact as string | undefined;
}

/**
 * Older clients list automations by walking projects, and end at the first page without any. So where a document asks for
 * nothing but triggers of projects, it is given the places that have some: the one with the newest automation first.
 */
export function automationWalk(within: (parent: never) => Range, otherwise: Resolver): Resolver {
  return (parent, args: PageArguments, ctx, info) => {
    if (!asksForTriggersAlone(info)) return otherwise(parent, args as never, ctx, info);
    return walk(within(parent), args, ctx, readsEntityScopes(info));
  };
}

async function walk(within: Range, page: PageArguments, ctx: WandbContext, withEntityScopes: boolean) {
  const limit = pageSize(page);
  const choice = { within, withoutEvents: UNNAMED_EVENTS, withEntityScopes };
  const groups = await listAutomationsByPlace(ctx, choice, { limit: limit + 1, beforeId: cursorNumber(page) });
  return toConnection(
    groups.map(({ group, automations }) => ({ newestId: group.newestId, triggers: automations })),
    limit,
    ({ newestId }) => newestId,
  );
}

/** Whether under edges { node } there is nothing but triggers. */
function asksForTriggersAlone({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const fieldsUnder = (selections: SelectionSetNode | undefined): FieldNode[] =>
    (selections?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      return fieldsUnder(selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments[selection.name.value]?.selectionSet);
    });
  const under = (fields: readonly FieldNode[], name: string) =>
    fields.filter((field) => field.name.value === name).flatMap((field) => fieldsUnder(field.selectionSet));
  const names = new Set(
    under(
      under(
        fieldNodes.flatMap((node) => fieldsUnder(node.selectionSet)),
        'edges',
      ),
      'node',
    ).map((field) => field.name.value),
  );
  names.delete('__typename');
  return names.size === 1 && names.has('triggers');
}

/** A client that leaves this fragment out cannot read an automation of a team or organization. */
const readsEntityScopes = ({ fragments }: GraphQLResolveInfo) =>
  Object.values(fragments).some((fragment) => fragment?.typeCondition.name.value === 'Entity');

async function triggersOf({ project, entity }: ProjectPlace, ctx: WandbContext) {
  return listPlacedAutomations(ctx, { within: [{ entityId: entity.id, projectId: project.id }], withoutEvents: UNNAMED_EVENTS });
}

const projectsOfViewer: Resolver = async (_: User, page: PageArguments, ctx) => {
  const { memberships } = await getViewer(ctx);
  return projectsOf(
    memberships.map(({ entity }) => entity),
    page,
    ctx,
  );
};

export const automationListResolvers: Resolvers = {
  Entity: {
    triggers: (entity: Entity, args: ListArguments, ctx) => listTriggers([{ entityId: entity.id }], args, ctx),
    projects: automationWalk(
      (entity: Entity) => [{ entityId: entity.id }],
      (entity: Entity, page: PageArguments, ctx) => projectsOf([entity], page, ctx),
    ),
  },
  Organization: {
    triggers: async ({ organization, entity }: OrganizationPlace, args: ListArguments, ctx) => {
      const teams = await listTeamsOf(ctx, organization);
      return listTriggers(
        [entity, ...teams].map(({ id }) => ({ entityId: id })),
        args,
        ctx,
      );
    },
  },
  User: { projects: automationWalk(() => 'everywhere', projectsOfViewer) },
  Project: {
    triggers: (place: ProjectPlace | { triggers: PlacedAutomation[] }, _: unknown, ctx) =>
      'triggers' in place ? place.triggers : triggersOf(place, ctx),
  },
};
