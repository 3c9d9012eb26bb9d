import {
  type CollectionPlace,
  findCollectionIn,
  findMembershipBy,
  getCollectionByNumber,
  listPlacesOf,
  type MembershipPlace,
  may,
  ownPlaceOf,
} from '#lib/services/artifacts/find-artifact.ts';
import {
  aliasesOfCollection,
  findNewestIn,
  inputsOf,
  listCollectionsIn,
  listMembershipsIn,
  listTypesIn,
  makerOf,
  manifestOf,
  manifestUrl,
  outputsOf,
  tagsOfCollection,
  tagsOfVersion,
  usersOf,
} from '#lib/services/artifacts/list-artifacts.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { personOf } from '#lib/services/places/visible-projects.ts';
import type { RunPlace } from '#lib/services/runs/find-run.ts';
import {
  type ArtifactNode,
  type CollectionNode,
  type MembershipNode,
  type TypeNode,
  toAlias,
  toArtifactNode,
  toCollectionNode,
  toMembershipNode,
  toTag,
} from '../artifact-nodes.ts';
import { cursorNumber, isoTime, type PageArguments, pageSize, parseFilters, toConnection } from '../connection.ts';
import { chooseCollections, chooseVersions, pageOf } from '../listings.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type Listing = PageArguments & { filters?: string | null; order?: string | null };

/** `name:alias`; without an alias the newest. */
async function membershipNamed(at: ProjectPlace, name: string, ctx: WandbContext): Promise<MembershipPlace | null> {
  const colon = name.lastIndexOf(':');
  const collection = await findCollectionIn(ctx, at, colon < 0 ? name : name.slice(0, colon));
  return collection && findMembershipBy(ctx, collection, colon < 0 ? 'latest' : name.slice(colon + 1));
}

async function typeNamed(at: ProjectPlace, name: string, ctx: WandbContext): Promise<TypeNode | null> {
  const found = (await listTypesIn(ctx, at)).find((type) => type.name === name);
  return found ? { at, ...found } : null;
}

async function collectionsOf(places: readonly CollectionPlace[], { filters, order, ...page }: Listing, ctx: WandbContext) {
  const chosen = await chooseCollections(ctx, places, parseFilters(filters), order);
  const { edges, pageInfo } = pageOf(chosen, page);
  return { edges: edges.map(({ node, cursor }) => ({ node: toCollectionNode(node), cursor })), pageInfo, totalCount: chosen.length };
}

async function versionsOf(place: CollectionPlace, { filters, order, ...page }: Listing, ctx: WandbContext) {
  const chosen = await chooseVersions(ctx, await listMembershipsIn(ctx, place), parseFilters(filters), order);
  const { edges, pageInfo } = pageOf(chosen, page);
  return {
    edges: edges.map(({ node, cursor }) => ({
      node: toArtifactNode(node.membership.version),
      version: `v${node.membership.versionIndex}`,
      cursor,
    })),
    pageInfo,
    totalCount: chosen.length,
  };
}

async function runVersions(run: RunPlace, page: PageArguments, ctx: WandbContext, list: typeof outputsOf) {
  const limit = pageSize(page);
  const afterId = cursorNumber(page);
  const versions = await list(ctx, run, { limit: limit + 1, ...(afterId !== undefined && { afterId }) });
  const { edges, pageInfo } = toConnection(versions, limit, ({ id }) => id);
  const totalCount = async () => (await list(ctx, run, { limit: 10_000 })).length;
  return { edges: edges.map(({ node, cursor }) => ({ node: toArtifactNode(node), cursor })), pageInfo, totalCount };
}

async function aliasesOf({ version }: ArtifactNode, ctx: WandbContext) {
  const places = await listPlacesOf(ctx, version);
  return places.flatMap((place) => place.membership.aliases.map(toAlias(place)));
}

async function createdBy({ version }: ArtifactNode, ctx: WandbContext) {
  const run = await makerOf(ctx, version);
  if (run) return { ...run, __typename: 'Run' };
  const user = await personOf(ctx, version.createdById);
  return user && { ...user, __typename: 'User' };
}

async function currentManifest({ version }: ArtifactNode, ctx: WandbContext) {
  const manifest = await manifestOf(ctx, version);
  if (!manifest) return null;
  const directUrl = () => manifestUrl(ctx, version, manifest);
  const file = {
    id: nodeId('File', manifest.id),
    name: manifest.name,
    displayName: manifest.name,
    uploadHeaders: [],
    sizeBytes: manifest.size ?? 0,
  };
  return { id: nodeId('ArtifactManifest', manifest.id), file: { ...file, digest: manifest.digest, directUrl, url: directUrl } };
}

const ofCollection = {
  id: ({ collection }: CollectionNode) => nodeId('ArtifactCollection', collection.id),
  name: ({ collection }: CollectionNode) => collection.name,
  description: ({ collection }: CollectionNode) => collection.description,
  state: ({ isDeleted }: CollectionNode & { isDeleted?: boolean }) => (isDeleted ? 'DELETED' : 'READY'),
  createdAt: ({ collection }: CollectionNode) => isoTime(collection.createdAt),
  updatedAt: ({ collection }: CollectionNode) => isoTime(collection.updatedAt),
  // A linked version's reader may not see where it was made.
  project: async (place: CollectionNode, _: unknown, ctx: WandbContext) => ((await may(ctx, place, 'see')) ? place.at : null),
  defaultArtifactType: ({ at, collection }: CollectionNode): TypeNode => ({ at, name: collection.type, createdAt: collection.createdAt }),
  tags: async (place: CollectionNode, _: unknown, ctx: WandbContext) => ({
    edges: (await tagsOfCollection(ctx, place)).map(toTag(place.collection.name)).map((node) => ({ node })),
  }),
  aliases: async (place: CollectionNode, page: PageArguments, ctx: WandbContext) => {
    const newest = await findNewestIn(ctx, place);
    return pageOf([...(newest ? ['latest'] : []), ...(await aliasesOfCollection(ctx, place))].map(toAlias(place)), page);
  },
  artifacts: (place: CollectionNode, args: Listing, ctx: WandbContext) => versionsOf(place, args, ctx),
  artifactMembership: async (place: CollectionNode, { aliasName }: { aliasName: string }, ctx: WandbContext) => {
    const found = await findMembershipBy(ctx, place, aliasName);
    return found && toMembershipNode(found);
  },
};

export const artifactResolvers: Resolvers = {
  Query: {
    artifactCollection: async (_: unknown, { id }: { id: string }, ctx) =>
      toCollectionNode(await getCollectionByNumber(ctx, requireNodeId('ArtifactCollection', id))),
  },
  Project: {
    artifact: async (at: ProjectPlace, { name }: { name: string }, ctx) => {
      const found = await membershipNamed(at, name, ctx);
      return found && toArtifactNode(found.membership.version);
    },
    artifactType: (at: ProjectPlace, { name }: { name: string }, ctx) => typeNamed(at, name, ctx),
    artifactTypes: async (at: ProjectPlace, page: PageArguments, ctx) => {
      const own = (await listTypesIn(ctx, at)).map((type) => ({ at, ...type }));
      const accepted = (at.project.artifactTypes ?? []).filter((name) => !own.some((type) => type.name === name));
      return pageOf([...own, ...accepted.map((name) => ({ at, name, createdAt: at.project.createdAt }))], page);
    },
    artifactCollection: async (at: ProjectPlace, { name }: { name: string }, ctx) => {
      const found = await findCollectionIn(ctx, at, name);
      return found && toCollectionNode(found);
    },
    artifactCollections: async (at: ProjectPlace, args: Listing, ctx) => collectionsOf(await listCollectionsIn(ctx, at), args, ctx),
    artifactCollectionMembership: async (at: ProjectPlace, { name }: { name: string }, ctx) => {
      const found = await membershipNamed(at, name, ctx);
      return found && toMembershipNode(found);
    },
  },
  ArtifactType: {
    id: ({ at, name }: TypeNode) => nodeId('ArtifactType', `${at.project.id}:${name}`),
    createdAt: ({ createdAt }: TypeNode) => isoTime(createdAt),
    artifactCollection: async ({ at, name: type }: TypeNode, { name }: { name: string }, ctx) => {
      const found = await findCollectionIn(ctx, at, name);
      return found?.collection.type === type ? toCollectionNode(found) : null;
    },
    artifactCollections: async ({ at, name: type }: TypeNode, args: Listing, ctx) =>
      collectionsOf(await listCollectionsIn(ctx, at, { type }), args, ctx),
  },
  ArtifactSequence: {
    ...ofCollection,
    latestArtifact: async (place: CollectionNode, _: unknown, ctx) => {
      const newest = await findNewestIn(ctx, place);
      return newest && toArtifactNode(newest.membership.version);
    },
  },
  ArtifactPortfolio: ofCollection,
  Artifact: {
    id: ({ version }: ArtifactNode) => nodeId('Artifact', version.id),
    state: ({ version }: ArtifactNode) => version.state.toUpperCase(),
    digest: ({ version }: ArtifactNode) => version.digest,
    description: ({ version }: ArtifactNode) => version.description || null,
    metadata: ({ version }: ArtifactNode) => JSON.stringify(version.metadata),
    versionIndex: ({ version }: ArtifactNode) => version.versionIndex,
    artifactSequence: async ({ version }: ArtifactNode, _: unknown, ctx) => toCollectionNode(await ownPlaceOf(ctx, version)),
    artifactType: async ({ version }: ArtifactNode, _: unknown, ctx): Promise<TypeNode> => {
      const { at, collection } = await ownPlaceOf(ctx, version);
      return { at, name: collection.type, createdAt: collection.createdAt };
    },
    aliases: (node: ArtifactNode, _: unknown, ctx) => aliasesOf(node, ctx),
    tags: async ({ version }: ArtifactNode, _: unknown, ctx) => (await tagsOfVersion(ctx, version)).map(toTag(`${version.id}`)),
    // Below zero: it lives on.
    ttlDurationSeconds: ({ version }: ArtifactNode) => version.ttlSeconds ?? -2,
    ttlIsInherited: ({ version }: ArtifactNode) => version.ttlSeconds === null,
    historyStep: ({ version }: ArtifactNode) => version.historyStep,
    size: ({ version }: ArtifactNode) => version.size,
    fileCount: ({ version }: ArtifactNode) => version.fileCount,
    commitHash: ({ version }: ArtifactNode) => version.digest,
    createdAt: ({ version }: ArtifactNode) => isoTime(version.committedAt ?? version.createdAt),
    updatedAt: ({ version }: ArtifactNode) => isoTime(version.updatedAt),
    createdBy: (node: ArtifactNode, _: unknown, ctx) => createdBy(node, ctx),
    usedBy: async ({ version }: ArtifactNode, _: unknown, ctx) => toConnection(await usersOf(ctx, version), 1000, ({ run }) => run.id),
    artifactMemberships: async ({ version }: ArtifactNode, _: unknown, ctx) =>
      toConnection((await listPlacesOf(ctx, version)).map(toMembershipNode), 1000, ({ collection }) => collection.id),
    currentManifest: (node: ArtifactNode, _: unknown, ctx) => currentManifest(node, ctx),
  },
  ArtifactCollectionMembership: {
    id: ({ collection, membership }: MembershipNode) =>
      nodeId('ArtifactCollectionMembership', `${collection.id}:${membership.versionIndex}`),
    createdAt: ({ membership }: MembershipNode) => isoTime(membership.createdAt),
    versionIndex: ({ membership }: MembershipNode) => membership.versionIndex,
    aliases: (place: MembershipNode) => place.membership.aliases.map(toAlias(place)),
    artifactCollection: (place: MembershipNode) => toCollectionNode(place),
    artifact: ({ membership }: MembershipNode) => toArtifactNode(membership.version),
  },
  Run: {
    outputArtifacts: (run: RunPlace, page: PageArguments, ctx) => runVersions(run, page, ctx, outputsOf),
    inputArtifacts: (run: RunPlace, page: PageArguments, ctx) => runVersions(run, page, ctx, inputsOf),
  },
};
