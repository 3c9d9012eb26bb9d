import type { Version } from '#lib/domain/artifact.ts';
import { isVersionAlias } from '#lib/domain/fixed-names.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import { TagName } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { addAlias, addTags, linkVersion, removeAlias, removeTag, type Standing, unlinkVersion } from '#lib/engine/versions.ts';
import { conflict, invalid, notFound } from '#lib/errors.ts';
import { findMembershipOf } from '#lib/store/collection-versions.ts';
import { findCollection, findCollectionById } from '#lib/store/collections.ts';
import { deleteVersionRows } from '#lib/store/delete-version.ts';
import { findRun } from '#lib/store/runs.ts';
import { insertVersionUse } from '#lib/store/version-uses.ts';
import { findVersionByNumber, updateVersion } from '#lib/store/versions.ts';
import { writeAudit } from '../audit/write-audit.ts';
import type { Context } from '../context.ts';
import { type Change, changeInPlace } from '../places/change-in-place.ts';
import { getProjectPlace } from '../places/find-place.ts';
import { openPlace } from '../places/open-place.ts';
import { GivenAlias, openPortfolio } from './create-artifact.ts';
import { getCollectionByNumber, getVersionByNumber, keyOf, type MembershipPlace, ownPlaceOf, requireInAnyPlace } from './find-artifact.ts';

export type CollectionName = { entity: string; project: string; collection: string };
export type NamedAlias = CollectionName & { alias: string };

async function committedVersion(ctx: Context, number: number): Promise<Version> {
  const version = await getVersionByNumber(ctx, number);
  if (version.state !== 'committed') throw conflict('This version is not complete yet.');
  return version;
}

async function standingIn({ ingest, source, at }: Change, collectionName: string, versionId: number): Promise<Standing> {
  const collection = await findCollection(ingest.tx, at.entity.id, at.project.id, collectionName);
  const membership =
    collection && (await findMembershipOf(ingest.tx, { entityId: collection.entityId, collectionId: collection.id }, versionId));
  if (!collection || !membership) throw notFound(`The version in "${collectionName}"`);
  return { place: source.place, collection, membership };
}

/** Puts or moves aliases of a version, in each collection that is named. */
export async function addAliases(ctx: Context, number: number, aliases: readonly NamedAlias[]): Promise<void> {
  await committedVersion(ctx, number);
  for (const { alias } of aliases) parseInput(GivenAlias, alias);
  await inEachPlace(ctx, aliases, async (change, { collection, alias }) =>
    addAlias(change.ingest, change.source, await standingIn(change, collection, number), alias),
  );
}

export async function removeAliases(ctx: Context, number: number, aliases: readonly NamedAlias[]): Promise<void> {
  await committedVersion(ctx, number);
  for (const { alias } of aliases) if (isVersionAlias(alias)) throw invalid(`"${alias}" is the version's own name and stays.`);
  await inEachPlace(ctx, aliases, async (change, { collection, alias }) =>
    removeAlias(change.ingest, await standingIn(change, collection, number), alias),
  );
}

async function inEachPlace<Named extends CollectionName>(
  ctx: Context,
  named: readonly Named[],
  work: (change: Change, one: Named) => Promise<void>,
) {
  for (const own of Map.groupBy(named, ({ entity, project }) => `${entity}/${project}`).values()) {
    const { entity, project } = own[0]!;
    await changeInPlace(
      ctx,
      'artifacts:write',
      (inside) => getProjectPlace(inside, entity, project),
      async (change) => {
        for (const one of own) await work(change, one);
      },
    );
  }
}

export type ArtifactChanges = {
  description?: string;
  metadata?: JsonObject;
  ttlSeconds?: number | null;
  /** Every alias that it shall have in its own collection. */
  aliases?: string[];
  addTags: string[];
  removeTags: string[];
};

/** What belongs to the version itself, wherever it is linked; changed where it was made. */
export async function updateArtifact(ctx: Context, number: number, changes: ArtifactChanges): Promise<Version> {
  const seen = await getVersionByNumber(ctx, number);
  const own = await ownPlaceOf(ctx, seen);
  for (const tag of changes.addTags) parseInput(TagName, tag);
  for (const alias of changes.aliases ?? []) parseInput(GivenAlias, alias);
  return changeInPlace(
    ctx,
    'artifacts:write',
    async () => own.at,
    async (change) => {
      const { ingest, source } = change;
      const version = (await findVersionByNumber(ingest.tx, number))!;
      const { description, metadata, ttlSeconds } = changes;
      const changed: Version = {
        ...version,
        ...(description !== undefined && { description }),
        ...(metadata !== undefined && { metadata }),
        ...(ttlSeconds !== undefined && { ttlSeconds }),
        updatedAt: ingest.nowMs,
      };
      await updateVersion(ingest.tx, changed);
      if (version.state !== 'committed') return changed;
      const standing = await standingIn(change, own.collection.name, number);
      standing.membership = { ...standing.membership, version: changed };
      await addTags(ingest, source, standing, changes.addTags);
      for (const tag of changes.removeTags) await removeTag(ingest, source, standing, tag);
      if (changes.aliases) await replaceAliases(change, standing, changes.aliases);
      return changed;
    },
  );
}

async function replaceAliases({ ingest, source }: Change, standing: Standing, wanted: readonly string[]): Promise<void> {
  for (const alias of standing.membership.aliases) if (!wanted.includes(alias)) await removeAlias(ingest, standing, alias);
  for (const alias of wanted) await addAlias(ingest, source, standing, alias);
}

export type LinkTarget = CollectionName & { aliases: string[] };

/** Links a version into a collection of a registry or project, which is made with its first version. */
export async function linkArtifact(ctx: Context, number: number, target: LinkTarget): Promise<MembershipPlace> {
  const version = await committedVersion(ctx, number);
  // A link gives its place's people the files: only who has them may pass them on.
  await requireInAnyPlace(ctx, version, 'download');
  const own = await ownPlaceOf(ctx, version);
  for (const alias of target.aliases) parseInput(GivenAlias, alias);
  return changeInPlace(
    ctx,
    'artifacts:write',
    (inside) => openPlace(inside, target.entity, target.project),
    async (change) => {
      const { ingest, source, at } = change;
      const collection = await openPortfolio(change, target.collection, own.collection.type);
      const current = (await findVersionByNumber(ingest.tx, number))!;
      const { membership } = await linkVersion(ingest, source, source.place, collection, current, target.aliases);
      return { at, collection, membership };
    },
  );
}

export async function unlinkArtifact(ctx: Context, number: number, collectionNumber: number): Promise<void> {
  await getVersionByNumber(ctx, number);
  const place = await getCollectionByNumber(ctx, collectionNumber);
  await changeInPlace(
    ctx,
    'artifacts:write',
    async () => place.at,
    async ({ ingest, source }) => {
      const collection = await findCollectionById(ingest.tx, place.collection.entityId, place.collection.id);
      const membership = collection && (await findMembershipOf(ingest.tx, keyOf(place), number));
      if (!collection || !membership?.isLink) throw notFound('The link');
      await unlinkVersion(ingest, source, { place: source.place, collection, membership });
    },
  );
}

/** Deletes a version with its links. One that has aliases only when they may go too. */
export async function deleteArtifact(ctx: Context, number: number, { withAliases }: { withAliases: boolean }): Promise<Version> {
  const version = await getVersionByNumber(ctx, number);
  const own = await ownPlaceOf(ctx, version);
  return changeInPlace(
    ctx,
    'artifacts:write',
    async () => own.at,
    async ({ ctx: inside, ingest, at }) => {
      const membership = await findMembershipOf(ingest.tx, keyOf(own), number);
      const given = membership?.aliases.filter((alias) => alias !== 'latest') ?? [];
      if (given.length > 0 && !withAliases) {
        throw conflict(
          `This version has the aliases ${given.map((alias) => `"${alias}"`).join(', ')}. Remove them, or delete it with its aliases.`,
        );
      }
      await deleteVersionRows(ingest.tx, version, ingest.nowMs);
      const target = `${at.entity.name}/${at.project.name}/${own.collection.name}:v${version.versionIndex ?? '?'}`;
      await writeAudit(inside, at.entity.id, { what: 'version.deleted', target });
      return { ...version, state: 'deleted' };
    },
  );
}

/** Notes that a run uses a version: lineage. */
export async function useArtifact(
  ctx: Context,
  number: number,
  run: { entity: string; project: string; runId: string },
  usedAs: string | null,
) {
  const version = await getVersionByNumber(ctx, number);
  await requireInAnyPlace(ctx, version, 'see');
  await changeInPlace(
    ctx,
    'events:write',
    (inside) => getProjectPlace(inside, run.entity, run.project),
    async ({ ingest, at }) => {
      const found = await findRun(ingest.tx, at.entity.id, at.project.id, run.runId);
      if (!found) throw notFound(`The run "${run.entity}/${run.project}/${run.runId}"`);
      await insertVersionUse(ingest.tx, { entityId: at.entity.id, run: found.run.id }, version, usedAs, ingest.nowMs);
    },
  );
  return version;
}
