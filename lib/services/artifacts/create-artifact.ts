import { z } from 'zod';
import type { Collection, Version } from '#lib/domain/artifact.ts';
import { isVersionAlias } from '#lib/domain/fixed-names.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import { AliasName, ArtifactTypeName, CollectionName, RegistryCollectionName, TagName } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { addAlias, addTags } from '#lib/engine/versions.ts';
import { conflict, invalid } from '#lib/errors.ts';
import { findMembershipOf } from '#lib/store/collection-versions.ts';
import { findCollection, insertCollection, updateCollection } from '#lib/store/collections.ts';
import { findRun } from '#lib/store/runs.ts';
import { insertVersionOutput } from '#lib/store/version-uses.ts';
import {
  findPendingVersion,
  findVersionByDigest,
  insertVersion,
  insertVersionTags,
  listVersionsByClientId,
  updateVersion,
} from '#lib/store/versions.ts';
import type { Context } from '../context.ts';
import { type Change, changeInPlace } from '../places/change-in-place.ts';
import { openPlace } from '../places/open-place.ts';

export type ArtifactDraft = {
  entity: string;
  project: string;
  runId: string | null;
  type: string;
  collection: string;
  digest: string;
  description: string;
  aliases: string[];
  tags: string[];
  metadata: JsonObject;
  ttlSeconds: number | null;
  historyStep: number | null;
  clientId: string | null;
  /** Several runs write one version under it. */
  distributedId: string | null;
  collectionClientId: string | null;
  /** Content that the collection has already makes no new version. */
  deduplicate: boolean;
};

/** `vN` is a version's own name and cannot be given. */
export const GivenAlias = AliasName.refine(
  (alias) => !isVersionAlias(alias),
  '"v" and a number names a version itself; choose another alias.',
);
const GivenNames = z.object({ aliases: z.array(GivenAlias), tags: z.array(TagName) });

/** Longer ones no index of PostgreSQL holds. */
const Key = z.string().max(255, 'This has at most 255 characters.');
const GivenKeys = z.object({
  digest: Key,
  clientId: Key.nullable(),
  distributedId: Key.nullable(),
  collectionClientId: Key.nullable(),
});

/** Begins a version, which counts from its commit on; or answers the version that has this content already. */
export async function createArtifact(ctx: Context, draft: ArtifactDraft): Promise<Version> {
  const type = parseInput(ArtifactTypeName, draft.type);
  parseInput(GivenKeys, draft);
  const { aliases, tags } = parseInput(GivenNames, { aliases: [...new Set(draft.aliases)], tags: [...new Set(draft.tags)] });
  return changeInPlace(
    ctx,
    'artifacts:write',
    (inside) => openPlace(inside, draft.entity, draft.project),
    async (change) => {
      const { ingest, source, at } = change;
      const sent = draft.clientId === null ? [] : await listVersionsByClientId(ingest.tx, draft.clientId);
      const again = sent.find(({ entityId, projectId }) => entityId === at.entity.id && projectId === at.project.id);
      if (again) return again;
      const collection = await openSequence(change, draft, type);
      const known = draft.deduplicate ? await findVersionByDigest(ingest.tx, at.entity.id, collection.id, draft.digest) : null;
      const membership =
        known && (await findMembershipOf(ingest.tx, { entityId: collection.entityId, collectionId: collection.id }, known.id));
      if (known && membership) {
        const standing = { place: source.place, collection, membership };
        for (const alias of aliases) await addAlias(ingest, source, standing, alias);
        await addTags(ingest, source, standing, tags);
        await noteOutput(change, known, draft.runId);
        return known;
      }
      const named = { ...draft, aliases, tags };
      return (await joinShared(change, collection, named)) ?? insertPending(change, collection, named);
    },
  );
}

/** The version that other runs have begun under the same id. The collection's row is held, so that two of them begin one. */
async function joinShared(change: Change, { entityId, id }: Collection, draft: ArtifactDraft): Promise<Version | null> {
  if (draft.distributedId === null) return null;
  const { tx, nowMs } = change.ingest;
  await updateCollection(tx, entityId, id, {}, nowMs);
  const begun = await findPendingVersion(tx, entityId, id, draft.distributedId);
  if (!begun) return null;
  const joined = { ...begun, pendingAliases: [...new Set([...begun.pendingAliases, ...draft.aliases])], updatedAt: nowMs };
  await updateVersion(tx, joined);
  await insertVersionTags(tx, entityId, begun.id, draft.tags, nowMs);
  await noteOutput(change, begun, draft.runId);
  return joined;
}

async function noteOutput({ ingest, at }: Change, version: Version, runId: string | null): Promise<void> {
  const run = runId === null ? null : await findRun(ingest.tx, at.entity.id, at.project.id, runId);
  if (run && run.run.id !== version.run)
    await insertVersionOutput(ingest.tx, { entityId: at.entity.id, run: run.run.id }, version.id, ingest.nowMs);
}

async function insertPending({ ingest, source, at }: Change, collection: Collection, draft: ArtifactDraft): Promise<Version> {
  const { tx, nowMs } = ingest;
  const run = draft.runId === null ? null : await findRun(tx, at.entity.id, at.project.id, draft.runId);
  const version = await insertVersion(tx, {
    entityId: at.entity.id,
    projectId: at.project.id,
    collectionId: collection.id,
    state: 'pending',
    versionIndex: null,
    digest: draft.digest,
    description: draft.description,
    metadata: draft.metadata,
    size: 0,
    fileCount: 0,
    ttlSeconds: draft.ttlSeconds,
    run: run?.run.id ?? null,
    historyStep: draft.historyStep,
    createdById: source.sender.userId,
    author: source.sender.username,
    clientId: draft.clientId,
    distributedId: draft.distributedId,
    pendingAliases: draft.aliases,
    createdAt: nowMs,
    committedAt: null,
    updatedAt: nowMs,
  });
  await insertVersionTags(tx, version.entityId, version.id, draft.tags, nowMs);
  return version;
}

async function openSequence({ ingest, source, at }: Change, draft: ArtifactDraft, type: string): Promise<Collection> {
  if (at.project.kind === 'registry') throw invalid('Versions are made in a project and linked into a registry.');
  const name = parseInput(CollectionName, draft.collection);
  const found = await findCollection(ingest.tx, at.entity.id, at.project.id, name);
  if (found?.kind === 'portfolio') throw conflict(`"${name}" holds linked versions. Log to another collection.`);
  if (found && found.type !== type) throw conflict(`"${name}" holds artifacts of type "${found.type}", not "${type}".`);
  return (
    found ??
    insertCollection(
      ingest.tx,
      toCollectionDraft(at, source.sender.userId, { kind: 'sequence', name, type, clientId: draft.collectionClientId }),
      ingest.nowMs,
    )
  );
}

type NamedCollection = Pick<Collection, 'kind' | 'name' | 'type' | 'clientId'>;

const toCollectionDraft = ({ entity, project }: Change['at'], createdById: number | null, named: NamedCollection) => ({
  ...named,
  entityId: entity.id,
  projectId: project.id,
  description: '',
  createdById,
});

/** The collection that versions are linked to, made with the first of them; a registry takes only its types. */
export async function openPortfolio({ ingest, source, at }: Change, collectionName: string, type: string): Promise<Collection> {
  const { artifactTypes, kind } = at.project;
  const name = parseInput(kind === 'registry' ? RegistryCollectionName : CollectionName, collectionName);
  if (artifactTypes !== null && !artifactTypes.includes(type)) {
    const accepted = artifactTypes.length ? artifactTypes.join(', ') : 'none yet';
    throw invalid(`This registry does not accept artifacts of type "${type}". It accepts: ${accepted}.`);
  }
  const found = await findCollection(ingest.tx, at.entity.id, at.project.id, name);
  if (found?.kind === 'sequence') throw conflict(`"${name}" holds versions of its own. Link to another collection.`);
  if (found && found.type !== type) throw conflict(`"${name}" holds artifacts of type "${found.type}", not "${type}".`);
  return (
    found ??
    insertCollection(
      ingest.tx,
      toCollectionDraft(at, source.sender.userId, { kind: 'portfolio', name, type, clientId: null }),
      ingest.nowMs,
    )
  );
}
