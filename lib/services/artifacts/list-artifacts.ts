import type { Collection, Version } from '#lib/domain/artifact.ts';
import { isAppError } from '#lib/errors.ts';
import { listCollectionAliases } from '#lib/store/collection-aliases.ts';
import { listMemberships, type Membership } from '#lib/store/collection-versions.ts';
import { listCollections, listCollectionTags } from '#lib/store/collections.ts';
import { countManifestEntries, findManifestOf, listManifestEntries, type Manifest, type ManifestEntry } from '#lib/store/manifests.ts';
import { findRunByNumber } from '#lib/store/runs.ts';
import { listInputsOfRun, listOutputsOfRun, listUsersOfVersion } from '#lib/store/version-uses.ts';
import { listVersionTags } from '#lib/store/versions.ts';
import type { Context } from '../context.ts';
import { downloadUrl } from '../files/file-objects.ts';
import type { ProjectPlace } from '../places/find-place.ts';
import { getRunByNumber, type RunPlace } from '../runs/find-run.ts';
import { type CollectionPlace, keyOf, type MembershipPlace, requireInAnyPlace } from './find-artifact.ts';

const AT_ONCE = 500;

/** Every collection of a project, by name. */
export async function listCollectionsIn(
  { reader }: Context,
  at: ProjectPlace,
  filter: { type?: string; kind?: Collection['kind'] } = {},
): Promise<CollectionPlace[]> {
  const found: CollectionPlace[] = [];
  for (let afterName: string | undefined; ; ) {
    const page = { limit: AT_ONCE, ...(afterName !== undefined && { afterName }) };
    const rows = await listCollections(reader, at.entity.id, at.project.id, filter, page);
    found.push(...rows.map((collection) => ({ at, collection })));
    if (rows.length < AT_ONCE) return found;
    afterName = rows.at(-1)!.name;
  }
}

/** The types of a project's collections, with when each was first made. */
export async function listTypesIn(ctx: Context, at: ProjectPlace): Promise<{ name: string; createdAt: number }[]> {
  const types = new Map<string, number>();
  for (const { collection } of await listCollectionsIn(ctx, at)) {
    types.set(collection.type, Math.min(collection.createdAt, types.get(collection.type) ?? Number.POSITIVE_INFINITY));
  }
  return [...types].map(([name, createdAt]) => ({ name, createdAt })).sort((a, b) => a.createdAt - b.createdAt);
}

/** Every version that stands in a collection, newest first. */
export async function listMembershipsIn({ reader }: Context, place: CollectionPlace): Promise<MembershipPlace[]> {
  const found: MembershipPlace[] = [];
  for (let beforeIndex: number | undefined; ; ) {
    const page = { limit: AT_ONCE, ...(beforeIndex !== undefined && { beforeIndex }) };
    const rows: Membership[] = await listMemberships(reader, keyOf(place), page);
    found.push(...rows.map((membership) => ({ ...place, membership })));
    if (rows.length < AT_ONCE) return found;
    beforeIndex = rows.at(-1)!.versionIndex;
  }
}

export async function findNewestIn({ reader }: Context, place: CollectionPlace): Promise<MembershipPlace | null> {
  const [membership] = await listMemberships(reader, keyOf(place), { limit: 1 });
  return membership ? { ...place, membership } : null;
}

export const tagsOfCollection = ({ reader }: Context, { collection }: CollectionPlace) =>
  listCollectionTags(reader, collection.entityId, collection.id);
export const tagsOfVersion = ({ reader }: Context, version: Version) => listVersionTags(reader, version.entityId, version.id);

/** As many as a collection may have. */
const MOST_ALIASES = 10_000;
export const aliasesOfCollection = ({ reader }: Context, place: CollectionPlace): Promise<string[]> =>
  listCollectionAliases(reader, keyOf(place), MOST_ALIASES);

export const manifestOf = ({ reader }: Context, version: Version): Promise<Manifest | null> =>
  findManifestOf(reader, version.entityId, version.id);

/** The manifest is a list of what may be downloaded, so it takes the same right. */
export async function manifestUrl(ctx: Context, version: Version, { entityId, id, name }: Manifest): Promise<string> {
  await requireInAnyPlace(ctx, version, 'download');
  return downloadUrl(ctx.files, { kind: 'manifest', entityId, id }, name, ctx.now());
}

export type { ManifestEntry };
export type EntryPage = { limit: number; afterPath?: string };

export const listFilesOf = (
  { reader }: Context,
  version: Version,
  paths: readonly string[] | undefined,
  page: EntryPage,
): Promise<ManifestEntry[]> => listManifestEntries(reader, version.entityId, version.id, paths ? { paths } : {}, page);

export const countFilesOf = ({ reader }: Context, version: Version, paths: readonly string[] | undefined): Promise<number> =>
  countManifestEntries(reader, version.entityId, version.id, paths ? { paths } : {});

/** Links to contents for who may download; `gone` is no answer here, since contents stay as long as their entity. */
export async function openContents(ctx: Context, version: Version): Promise<(entry: { path: string; digest: string }) => string> {
  await requireInAnyPlace(ctx, version, 'download');
  return ({ path, digest }) =>
    downloadUrl(ctx.files, { kind: 'content', entityId: version.entityId, versionId: version.id, digest }, path, ctx.now());
}

type VersionPage = { limit: number; afterId?: number };
const runKey = ({ run }: RunPlace) => ({ entityId: run.entityId, run: run.id });

export const outputsOf = ({ reader }: Context, run: RunPlace, page: VersionPage): Promise<Version[]> =>
  listOutputsOfRun(reader, runKey(run), page);
export const inputsOf = ({ reader }: Context, run: RunPlace, page: VersionPage): Promise<Version[]> =>
  listInputsOfRun(reader, runKey(run), page);

/** The run that made a version; null for one that no run made, or whose run is not the asker's to see. */
export async function makerOf(ctx: Context, version: Version): Promise<RunPlace | null> {
  if (version.run === null || !(await findRunByNumber(ctx.reader, version.entityId, version.run))) return null;
  return visibleRun(ctx, version.run);
}

/** Those that the actor sees, oldest first; `newest`: that many of the newest, newest first. */
export async function usersOf(ctx: Context, version: Version, { newest }: { newest?: number } = {}): Promise<RunPlace[]> {
  const users = await listUsersOfVersion(ctx.reader, version.id, { ...(newest !== undefined && { newest }) });
  const runs = await Promise.all(users.map(({ run }) => visibleRun(ctx, run)));
  return runs.filter((run) => run !== null);
}

async function visibleRun(ctx: Context, number: number): Promise<RunPlace | null> {
  try {
    return await getRunByNumber(ctx, number);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
