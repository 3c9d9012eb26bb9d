import type { Version } from '#lib/domain/artifact.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import { invalid, notFound } from '#lib/errors.ts';
import {
  changeManifestDigest,
  createArtifactFiles,
  createManifest,
  type FilePlace,
  type Manifest,
  manifestUploadUrl,
} from '#lib/services/artifacts/artifact-manifest.ts';
import {
  addAliases,
  deleteArtifact,
  linkArtifact,
  removeAliases,
  unlinkArtifact,
  updateArtifact,
  useArtifact,
} from '#lib/services/artifacts/change-artifact.ts';
import { changeCollectionTags, deleteCollectionByNumber, updateCollectionByNumber } from '#lib/services/artifacts/change-collection.ts';
import { commitArtifact } from '#lib/services/artifacts/commit-artifact.ts';
import { createArtifact } from '#lib/services/artifacts/create-artifact.ts';
import { findVersionByClient, getVersionEvenDeleted } from '#lib/services/artifacts/find-artifact.ts';
import { entityOrDefault } from '#lib/services/identity/default-entity.ts';
import { toArtifactNode, toCollectionNode, toMembershipNode, toTag } from '../artifact-nodes.ts';
import { parseLooseJson } from '../loose-json.ts';
import { nodeId, parseNodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type Input<Fields> = { input: Fields };
type Nullable<Fields> = { [Key in keyof Fields]?: Fields[Key] | null };
type TagInput = { tagName: string };
type NamedCollection = { entityName: string; projectName: string; artifactCollectionName: string };
type RunReference = { entityName: string; projectName: string; runName: string };

const versionNumber = (id: string) => requireNodeId('Artifact', id);
/** The client sends hex of the same id in places. */
export const anyVersionNumber = (id: string) =>
  parseNodeId('Artifact', id) ?? parseNodeId('Artifact', Buffer.from(id, 'hex').toString('base64'));
const collectionNumber = (id: string) => requireNodeId('ArtifactCollection', id);

function parseMetadata(text: string | null | undefined): JsonObject | undefined {
  if (!text) return undefined;
  let metadata: unknown;
  try {
    metadata = parseLooseJson(text);
  } catch {
    throw invalid('"metadata" is not JSON.');
  }
  if (metadata === null) return {};
  if (typeof metadata !== 'object' || Array.isArray(metadata)) throw invalid('"metadata" is not a JSON object.');
  return metadata as JsonObject;
}

const ONLY_REGION = 'default';

/** The client's -2 and 0 say that a version lives on. */
const toTtl = (seconds: number | null | undefined) => (seconds && seconds > 0 ? seconds : null);

type CreateArtifactInput = { entityName: string; projectName: string; artifactTypeName: string; digest: string } & Nullable<{
  runName: string;
  artifactCollectionName: string;
  artifactCollectionNames: string[];
  description: string;
  aliases: { alias: string }[];
  tags: TagInput[];
  metadata: string;
  ttlDurationSeconds: number;
  historyStep: number;
  enableDigestDeduplication: boolean;
  clientID: string;
  distributedID: string;
  storageRegion: string;
  sequenceClientID: string;
}>;

async function create(input: CreateArtifactInput, ctx: WandbContext) {
  const collection = input.artifactCollectionName ?? input.artifactCollectionNames?.[0];
  if (!collection) throw invalid('Name the artifact: "artifactCollectionName".');
  if (input.storageRegion && input.storageRegion !== ONLY_REGION)
    throw invalid(`There is no storage region "${input.storageRegion}" here.`);
  const version = await createArtifact(ctx, {
    entity: await entityOrDefault(ctx, input.entityName),
    project: input.projectName,
    runId: input.runName || null,
    type: input.artifactTypeName,
    collection,
    digest: input.digest,
    description: input.description ?? '',
    aliases: (input.aliases ?? []).map(({ alias }) => alias),
    tags: (input.tags ?? []).map(({ tagName }) => tagName),
    metadata: parseMetadata(input.metadata) ?? {},
    ttlSeconds: toTtl(input.ttlDurationSeconds),
    historyStep: input.historyStep ?? null,
    clientId: input.clientID || null,
    distributedId: input.distributedID || null,
    collectionClientId: input.sequenceClientID || null,
    deduplicate: input.enableDigestDeduplication ?? false,
  });
  return { artifact: toArtifactNode(version) };
}

const toManifestPayload = (manifest: Manifest, ctx: WandbContext) => ({
  artifactManifest: {
    id: nodeId('ArtifactManifest', manifest.id),
    file: {
      id: nodeId('File', manifest.id),
      name: manifest.name,
      displayName: manifest.name,
      uploadUrl: () => manifestUploadUrl(ctx, manifest),
      uploadHeaders: [],
      sizeBytes: manifest.size ?? 0,
      directUrl: '',
    },
  },
});

const toUploadNode = (place: FilePlace, version: Version | undefined) => ({
  id: nodeId('File', `${place.versionNumber}:${place.name}`),
  name: place.name,
  displayName: place.name,
  uploadUrl: place.uploadUrl,
  uploadHeaders: [],
  storagePath: place.storagePath,
  md5: place.md5,
  digest: place.md5,
  sizeBytes: 0,
  directUrl: '',
  artifact: version ? toArtifactNode(version) : { __typename: 'Artifact', version: { id: place.versionNumber } },
});

const nameOf = ({ entityName, projectName, artifactCollectionName }: NamedCollection) => ({
  entity: entityName,
  project: projectName,
  collection: artifactCollectionName,
});
const runOf = ({ entityName, projectName, runName }: RunReference) => ({ entity: entityName, project: projectName, runId: runName });

type UpdateArtifactInput = { artifactID: string } & Nullable<{
  description: string;
  metadata: string;
  ttlDurationSeconds: number;
  aliases: { alias: string }[];
  tagsToAdd: TagInput[];
  tagsToDelete: TagInput[];
}>;

async function update(input: UpdateArtifactInput, ctx: WandbContext) {
  const metadata = parseMetadata(input.metadata);
  const { description, ttlDurationSeconds, aliases } = input;
  const version = await updateArtifact(ctx, versionNumber(input.artifactID), {
    ...(description !== null && description !== undefined && { description }),
    ...(metadata && { metadata }),
    ...(ttlDurationSeconds !== null && ttlDurationSeconds !== undefined && { ttlSeconds: toTtl(ttlDurationSeconds) }),
    ...(aliases && { aliases: aliases.map(({ alias }) => alias) }),
    addTags: (input.tagsToAdd ?? []).map(({ tagName }) => tagName),
    removeTags: (input.tagsToDelete ?? []).map(({ tagName }) => tagName),
  });
  return { artifact: toArtifactNode(version) };
}

type LinkArtifactInput = Nullable<{
  artifactID: string;
  clientID: string;
  artifactPortfolioName: string;
  entityName: string;
  projectName: string;
  aliases: { alias: string }[];
}>;

async function link(input: LinkArtifactInput, ctx: WandbContext) {
  const number = input.artifactID ? versionNumber(input.artifactID) : (await requireClientVersion(ctx, input.clientID ?? '')).id;
  const target = { entity: input.entityName ?? '', project: input.projectName ?? '', collection: input.artifactPortfolioName ?? '' };
  const place = await linkArtifact(ctx, number, { ...target, aliases: (input.aliases ?? []).map(({ alias }) => alias) });
  return { versionIndex: place.membership.versionIndex, artifactMembership: toMembershipNode(place) };
}

async function requireClientVersion(ctx: WandbContext, clientId: string): Promise<Version> {
  const version = await findVersionByClient(ctx, clientId);
  if (!version) throw notFound('The artifact with this client id');
  return version;
}

type CollectionInput = Nullable<{
  artifactSequenceID: string;
  artifactPortfolioID: string;
  name: string;
  description: string;
  destinationArtifactTypeName: string;
}>;

async function updateCollection({ input }: Input<CollectionInput>, ctx: WandbContext) {
  const id = collectionNumber(input.artifactSequenceID ?? input.artifactPortfolioID ?? '');
  const place = await updateCollectionByNumber(ctx, id, {
    ...(input.name && { name: input.name }),
    ...(typeof input.description === 'string' && { description: input.description }),
    ...(input.destinationArtifactTypeName && { type: input.destinationArtifactTypeName }),
  });
  return { artifactCollection: toCollectionNode(place) };
}

async function deleteCollection({ input }: Input<CollectionInput>, ctx: WandbContext) {
  const place = await deleteCollectionByNumber(ctx, collectionNumber(input.artifactSequenceID ?? input.artifactPortfolioID ?? ''));
  return { artifactCollection: { ...toCollectionNode(place), isDeleted: true } };
}

export const artifactChangeResolvers: Resolvers = {
  Mutation: {
    createArtifact: (_: unknown, { input }: Input<CreateArtifactInput>, ctx) => create(input, ctx),
    createArtifactManifest: async (
      _: unknown,
      {
        input,
      }: Input<{ artifactID: string; baseArtifactID?: string | null; name: string; digest: string; type?: Manifest['kind'] | null }>,
      ctx,
    ) => {
      const manifest = await createManifest(ctx, {
        versionNumber: versionNumber(input.artifactID),
        name: input.name,
        digest: input.digest,
        kind: input.type ?? 'FULL',
        baseVersion: input.baseArtifactID ? anyVersionNumber(input.baseArtifactID) : null,
      });
      return toManifestPayload(manifest, ctx);
    },
    updateArtifactManifest: async (_: unknown, { input }: Input<{ artifactManifestID: string; digest?: string | null }>, ctx) =>
      toManifestPayload(
        await changeManifestDigest(ctx, requireNodeId('ArtifactManifest', input.artifactManifestID), input.digest ?? ''),
        ctx,
      ),
    createArtifactFiles: async (
      _: unknown,
      { input }: Input<{ artifactFiles: { artifactID: string; name: string; md5: string }[] }>,
      ctx,
    ) => {
      const specs = input.artifactFiles.map(({ artifactID, name, md5 }) => ({ versionNumber: versionNumber(artifactID), name, md5 }));
      const places = await createArtifactFiles(ctx, specs);
      const edges = places.map((place) => ({ node: toUploadNode(place, undefined), cursor: null }));
      return { files: { edges, pageInfo: { hasNextPage: false }, totalCount: edges.length } };
    },
    completeMultipartUploadArtifact: () => {
      throw invalid('Files are uploaded whole here: send the content to "uploadUrl".');
    },
    commitArtifact: async (_: unknown, { input }: Input<{ artifactID: string }>, ctx) => ({
      artifact: toArtifactNode(await commitArtifact(ctx, versionNumber(input.artifactID), anyVersionNumber)),
    }),
    useArtifact: async (_: unknown, { input }: Input<RunReference & { artifactID: string; usedAs?: string | null }>, ctx) => ({
      artifact: toArtifactNode(await useArtifact(ctx, versionNumber(input.artifactID), runOf(input), input.usedAs ?? null)),
    }),
    updateArtifact: (_: unknown, { input }: Input<UpdateArtifactInput>, ctx) => update(input, ctx),
    deleteArtifact: async (_: unknown, { input }: Input<{ artifactID: string; deleteAliases?: boolean | null }>, ctx) => ({
      artifact: toArtifactNode(await deleteArtifact(ctx, versionNumber(input.artifactID), { withAliases: input.deleteAliases ?? false })),
    }),
    addAliases: async (_: unknown, { input }: Input<{ artifactID: string; aliases: (NamedCollection & { alias: string })[] }>, ctx) => {
      await addAliases(
        ctx,
        versionNumber(input.artifactID),
        input.aliases.map((named) => ({ ...nameOf(named), alias: named.alias })),
      );
      return { success: true };
    },
    deleteAliases: async (_: unknown, { input }: Input<{ artifactID: string; aliases: (NamedCollection & { alias: string })[] }>, ctx) => {
      await removeAliases(
        ctx,
        versionNumber(input.artifactID),
        input.aliases.map((named) => ({ ...nameOf(named), alias: named.alias })),
      );
      return { success: true };
    },
    linkArtifact: (_: unknown, { input }: Input<LinkArtifactInput>, ctx) => link(input, ctx),
    unlinkArtifact: async (_: unknown, { input }: Input<{ artifactID: string; artifactPortfolioID: string }>, ctx) => {
      await unlinkArtifact(ctx, versionNumber(input.artifactID), collectionNumber(input.artifactPortfolioID));
      return { success: true };
    },
    updateArtifactSequence: (_: unknown, args: Input<CollectionInput>, ctx) => updateCollection(args, ctx),
    updateArtifactPortfolio: (_: unknown, args: Input<CollectionInput>, ctx) => updateCollection(args, ctx),
    moveArtifactSequence: (_: unknown, args: Input<CollectionInput>, ctx) => updateCollection(args, ctx),
    deleteArtifactSequence: (_: unknown, args: Input<CollectionInput>, ctx) => deleteCollection(args, ctx),
    deleteArtifactPortfolio: (_: unknown, args: Input<CollectionInput>, ctx) => deleteCollection(args, ctx),
    createArtifactCollectionTagAssignments: async (_: unknown, { input }: Input<NamedCollection & { tags: TagInput[] }>, ctx) => {
      const tags = input.tags.map(({ tagName }) => tagName);
      await changeCollectionTags(ctx, nameOf(input), 'collection.tag_added', tags);
      return { tags: tags.map(toTag(input.artifactCollectionName)) };
    },
    deleteArtifactCollectionTagAssignments: async (_: unknown, { input }: Input<NamedCollection & { tags: TagInput[] }>, ctx) => {
      await changeCollectionTags(
        ctx,
        nameOf(input),
        'collection.tag_removed',
        input.tags.map(({ tagName }) => tagName),
      );
      return { success: true };
    },
  },
  Query: {
    artifact: async (_: unknown, { id }: { id: string }, ctx) =>
      toArtifactNode(await getVersionEvenDeleted(ctx, anyVersionNumber(id) ?? 0)),
    clientIDMapping: async (_: unknown, { clientID }: { clientID: string }, ctx) => ({
      serverID: nodeId('Artifact', (await requireClientVersion(ctx, clientID)).id),
    }),
  },
};
