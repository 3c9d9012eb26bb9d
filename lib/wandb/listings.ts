import type { JsonObject } from '#lib/domain/json.ts';
import type { CollectionPlace, MembershipPlace } from '#lib/services/artifacts/find-artifact.ts';
import { tagsOfCollection, tagsOfVersion } from '#lib/services/artifacts/list-artifacts.ts';
import { inOrder, matchesListing } from '#lib/services/artifacts/match-listing.ts';
import type { Context } from '#lib/services/context.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { cursorNumber, isoTime, type PageArguments, pageSize, toCursorText } from './connection.ts';

/** A page of a list that is at hand; its cursors count the entries, so those of one list hold for the same list elsewhere. */
export function pageOf<Node>(nodes: readonly Node[], page: PageArguments) {
  const start = cursorNumber(page) ?? 0;
  const end = start + pageSize(page);
  const edges = nodes.slice(start, end).map((node, index) => ({ node, cursor: toCursorText(start + index + 1) }));
  return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: nodes.length > end } };
}

/** Names of fields and orders are the client's. */
export async function chooseCollections(
  ctx: Context,
  places: readonly CollectionPlace[],
  filters: JsonObject,
  order: string | null | undefined,
): Promise<CollectionPlace[]> {
  const chosen: CollectionPlace[] = [];
  for (const place of places) {
    const { id, name, description, createdAt, updatedAt, type } = place.collection;
    const times = { created_at: isoTime(createdAt), updated_at: isoTime(updatedAt) };
    const tags = 'tag' in filters || JSON.stringify(filters).includes('"tag"') ? await tagsOfCollection(ctx, place) : [];
    const fields = { id, artifact_collection_id: id, collection_id: id, name, description, type, tag: tags, ...times };
    if (matchesListing(filters, fields)) chosen.push(place);
  }
  return inOrder(chosen, order, COLLECTION_ORDERS, '-created_at');
}

const COLLECTION_ORDERS = {
  name: ({ collection }: CollectionPlace) => collection.name,
  created_at: ({ collection }: CollectionPlace) => collection.id,
  createdAt: ({ collection }: CollectionPlace) => collection.id,
  updated_at: ({ collection }: CollectionPlace) => collection.updatedAt,
  updatedAt: ({ collection }: CollectionPlace) => collection.updatedAt,
};

export async function chooseVersions(
  ctx: Context,
  places: readonly MembershipPlace[],
  filters: JsonObject,
  order: string | null | undefined,
): Promise<MembershipPlace[]> {
  const chosen: MembershipPlace[] = [];
  const needsTags = JSON.stringify(filters).includes('"tag"');
  for (const place of places) {
    const { version, versionIndex, aliases } = place.membership;
    const tag = needsTags ? await tagsOfVersion(ctx, version) : [];
    const created = isoTime(version.committedAt ?? version.createdAt);
    const times = { created_at: created, createdAt: created, updated_at: isoTime(version.updatedAt) };
    const ids = { id: version.id, artifact_id: version.id, version: versionIndex, version_index: versionIndex };
    const fields = {
      ...ids,
      name: `v${versionIndex}`,
      state: version.state.toUpperCase(),
      tag,
      alias: aliases,
      metadata: version.metadata,
      ...times,
    };
    if (matchesListing(filters, fields)) chosen.push(place);
  }
  return inOrder(chosen, order, VERSION_ORDERS, '-version_index');
}

const VERSION_ORDERS = {
  version_index: ({ membership }: MembershipPlace) => membership.versionIndex,
  versionIndex: ({ membership }: MembershipPlace) => membership.versionIndex,
  created_at: ({ membership: { version } }: MembershipPlace) => version.committedAt ?? version.createdAt,
  createdAt: ({ membership: { version } }: MembershipPlace) => version.committedAt ?? version.createdAt,
  size: ({ membership: { version } }: MembershipPlace) => version.size,
};

export function chooseProjects(places: readonly ProjectPlace[], filters: JsonObject, order: string | null | undefined): ProjectPlace[] {
  const chosen = places.filter(({ project: { id, entityId, name, description, createdAt, updatedAt } }) =>
    matchesListing(filters, {
      id,
      project_id: id,
      entity_id: entityId,
      name,
      description,
      created_at: isoTime(createdAt),
      updated_at: isoTime(updatedAt),
    }),
  );
  return inOrder(chosen, order, PROJECT_ORDERS, '+created_at');
}

const PROJECT_ORDERS = {
  name: ({ project }: ProjectPlace) => project.name,
  created_at: ({ project }: ProjectPlace) => project.id,
  createdAt: ({ project }: ProjectPlace) => project.id,
  updated_at: ({ project }: ProjectPlace) => project.updatedAt,
};
