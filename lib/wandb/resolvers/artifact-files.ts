import type { Version } from '#lib/domain/artifact.ts';
import { mimeTypeOf } from '#lib/domain/file-names.ts';
import { storagePathOf } from '#lib/services/artifacts/artifact-manifest.ts';
import { countFilesOf, listFilesOf, type ManifestEntry, openContents } from '#lib/services/artifacts/list-artifacts.ts';
import { type ArtifactNode, type MembershipNode, toArtifactNode } from '../artifact-nodes.ts';
import { cursorText, isoTime, type PageArguments, pageSize, toConnection } from '../connection.ts';
import { nodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type FilesArguments = PageArguments & { names?: string[] | null };
type EntryInput = { name: string; digest: string };

function toFileNode(version: Version, entry: ManifestEntry, urlOf: () => Promise<string>) {
  return {
    id: nodeId('File', `${version.id}:${entry.path}`),
    name: entry.path,
    displayName: entry.path,
    url: urlOf,
    directUrl: urlOf,
    uploadHeaders: [],
    sizeBytes: entry.size,
    storagePath: entry.ref === null ? storagePathOf(version.entityId, entry.digest) : null,
    mimetype: mimeTypeOf(entry.path),
    updatedAt: isoTime(version.committedAt ?? version.createdAt),
    digest: entry.digest,
    md5: entry.digest,
    artifact: toArtifactNode(version),
  };
}

/** The right to download is asked for once, when the first link is. A reference leads to where it points: the client fetches it. */
function linksOf(version: Version, ctx: WandbContext) {
  let contents: ReturnType<typeof openContents> | undefined;
  return (entry: ManifestEntry) => async () => {
    contents ??= openContents(ctx, version);
    const linkTo = await contents;
    return entry.ref ?? linkTo(entry);
  };
}

async function filesOf(version: Version, { names, ...page }: FilesArguments, ctx: WandbContext) {
  const limit = pageSize(page);
  const afterPath = cursorText(page);
  const entries = await listFilesOf(ctx, version, names ?? undefined, { limit: limit + 1, ...(afterPath !== undefined && { afterPath }) });
  const urlOf = linksOf(version, ctx);
  const { edges, pageInfo } = toConnection(entries, limit, ({ path }) => path);
  const nodes = edges.map(({ node, cursor }) => ({ node: toFileNode(version, node, urlOf(node)), cursor }));
  return { edges: nodes, pageInfo, totalCount: () => countFilesOf(ctx, version, names ?? undefined) };
}

/** In the order of asking: the client's core takes link after link. */
async function filesByEntries(version: Version, asked: readonly EntryInput[], ctx: WandbContext) {
  const entries = await listFilesOf(
    ctx,
    version,
    asked.map(({ name }) => name),
    { limit: asked.length + 1 },
  );
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const urlOf = linksOf(version, ctx);
  const edges = asked.flatMap(({ name }) => {
    const entry = byPath.get(name);
    return entry ? [{ node: toFileNode(version, entry, urlOf(entry)), cursor: null }] : [];
  });
  return { edges, pageInfo: { endCursor: null, hasNextPage: false }, totalCount: edges.length };
}

export const artifactFileResolvers: Resolvers = {
  Artifact: {
    files: ({ version }: ArtifactNode, args: FilesArguments, ctx) => filesOf(version, args, ctx),
    filesByManifestEntries: ({ version }: ArtifactNode, { entries }: { entries?: EntryInput[] | null }, ctx) =>
      filesByEntries(version, entries ?? [], ctx),
  },
  ArtifactCollectionMembership: {
    files: ({ membership }: MembershipNode, args: FilesArguments, ctx) => filesOf(membership.version, args, ctx),
  },
};
