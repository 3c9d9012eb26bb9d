import type { Collection, Version } from '#lib/domain/artifact.ts';
import type { EventDocument } from '#lib/domain/event-document.ts';
import { CollectionName, RegistryCollectionName } from '#lib/domain/names.ts';
import type { Place } from '#lib/domain/scope.ts';
import { findMembership, findMembershipOf, type Membership } from '#lib/store/collection-versions.ts';
import { findCollection, insertCollection } from '#lib/store/collections.ts';
import { insertVersion } from '#lib/store/versions.ts';
import { changeCollectionTag } from './apply-collection.ts';
import { type EventSource, refused } from './event-source.ts';
import type { Ingest } from './ingest.ts';
import { namedPlace, type OpenPlace } from './places.ts';
import { addAlias, addTags, commitVersion, linkVersion, removeAlias, removeTag, type Standing, unlinkVersion } from './versions.ts';

type ArtifactDocument = Extract<EventDocument, { artifact: unknown }>;
type DocumentOf<Type extends ArtifactDocument['type']> = Extract<ArtifactDocument, { type: Type }>;

/** Changes versions, aliases, tags and links as the document says, and reacts to what that made happen. */
export async function applyArtifactDocument(ingest: Ingest, source: EventSource, document: ArtifactDocument): Promise<void> {
  switch (document.type) {
    case 'artifact.created':
      return createVersion(ingest, source, document);
    case 'artifact.linked': {
      const version = await findStanding(ingest, source, document.artifact);
      return link(ingest, source, version, document);
    }
    case 'artifact.unlinked':
      return unlink(ingest, source, document);
    case 'artifact.alias_added':
      return addAlias(ingest, source, await findStanding(ingest, source, document.artifact), document.alias);
    case 'artifact.alias_removed':
      return removeAlias(ingest, await findStanding(ingest, source, document.artifact), document.alias);
    case 'artifact.tag_added':
      return addTags(ingest, source, await findStanding(ingest, source, document.artifact), [document.tag]);
    case 'artifact.tag_removed':
      return removeTag(ingest, source, await findStanding(ingest, source, document.artifact), document.tag);
    case 'collection.tag_added':
    case 'collection.tag_removed': {
      const { place, collection } = await findNamedCollection(ingest, source, document.artifact, ['artifact']);
      return changeCollectionTag(ingest, source, place, collection, document.type, document.tag);
    }
  }
}

async function createVersion(ingest: Ingest, source: EventSource, { artifact }: DocumentOf<'artifact.created'>): Promise<void> {
  const { place, sender } = source;
  if (place.isRegistry) throw refused(source, ['artifact'], 'Versions are made in a project and linked into a registry.');
  const collection = await openCollection(ingest, source, place, artifact, 'sequence', ['artifact', 'type']);
  const version = await insertVersion(ingest.tx, {
    entityId: place.entityId,
    projectId: place.projectId,
    collectionId: collection.id,
    state: 'pending',
    versionIndex: null,
    digest: '',
    description: '',
    metadata: (artifact.metadata ?? {}) as Version['metadata'],
    size: 0,
    fileCount: 0,
    ttlSeconds: null,
    run: null,
    historyStep: null,
    createdById: sender.userId,
    author: source.author ?? sender.username,
    clientId: null,
    distributedId: null,
    pendingAliases: [],
    createdAt: ingest.nowMs,
    committedAt: null,
    updatedAt: ingest.nowMs,
  });
  await commitVersion(ingest, source, place, collection, version, artifact.aliases ?? [], artifact.tags ?? []);
}

async function link(ingest: Ingest, source: EventSource, from: Standing, document: DocumentOf<'artifact.linked'>): Promise<void> {
  const { to } = document;
  const place = await namedPlace(ingest, source, to, ['to']);
  const { type } = from.collection;
  const name = (place.isRegistry ? RegistryCollectionName : CollectionName).safeParse(to.collection);
  if (!name.success) throw refused(source, ['to', 'collection'], name.error.issues[0]!.message);
  if (place.artifactTypes !== null && !place.artifactTypes.includes(type)) {
    const accepted = place.artifactTypes.length ? place.artifactTypes.join(', ') : 'none yet';
    throw refused(source, ['to', 'registry'], `This registry does not accept artifacts of type "${type}". It accepts: ${accepted}.`);
  }
  const collection = await openCollection(ingest, source, place, { collection: to.collection, type }, 'portfolio', ['to', 'collection']);
  if (collection.kind === 'sequence') {
    throw refused(source, ['to', 'collection'], `"${collection.name}" holds versions of its own. Link to another collection.`);
  }
  await linkVersion(ingest, source, place, collection, from.membership.version, document.aliases ?? []);
}

async function unlink(ingest: Ingest, source: EventSource, { artifact, from }: DocumentOf<'artifact.unlinked'>): Promise<void> {
  const standing = await findStanding(ingest, source, artifact);
  if (from === undefined) {
    if (!standing.membership.isLink) throw refused(source, ['from'], 'Say what it is unlinked from: { registry, collection }.');
    return unlinkVersion(ingest, source, standing);
  }
  const { place, collection } = await findNamedCollection(ingest, source, from, ['from']);
  const key = { entityId: collection.entityId, collectionId: collection.id };
  const membership = await findMembershipOf(ingest.tx, key, standing.membership.version.id);
  if (!membership?.isLink) throw refused(source, ['from'], 'The version is not linked there.');
  return unlinkVersion(ingest, source, { place, collection, membership });
}

type Reference = { registry?: string | undefined; project?: string | undefined; collection: string };

async function findNamedCollection(
  ingest: Ingest,
  source: EventSource,
  named: Reference,
  path: string[],
): Promise<{ place: Place; collection: Collection }> {
  const place = await namedPlace(ingest, source, named, path);
  const collection = await findCollection(ingest.tx, place.entityId, place.projectId, named.collection);
  if (!collection) throw refused(source, [...path, 'collection'], `There is no collection "${named.collection}" here.`);
  return { place, collection };
}

async function findStanding(ingest: Ingest, source: EventSource, named: Reference & { version: number }): Promise<Standing> {
  const { place, collection } = await findNamedCollection(ingest, source, named, ['artifact']);
  const membership: Membership | null = await findMembership(
    ingest.tx,
    { entityId: collection.entityId, collectionId: collection.id },
    named.version,
  );
  if (!membership) throw refused(source, ['artifact', 'version'], `"${collection.name}" has no version v${named.version}.`);
  return { place, collection, membership };
}

/** The collection, made where it does not exist; one of another type is refused. */
async function openCollection(
  ingest: Ingest,
  source: EventSource,
  place: Place | OpenPlace,
  { collection: name, type }: { collection: string; type: string },
  kind: Collection['kind'],
  path: string[],
): Promise<Collection> {
  const found = await findCollection(ingest.tx, place.entityId, place.projectId, name);
  if (found && found.type !== type) {
    throw refused(source, path, `"${name}" holds artifacts of type "${found.type}", not "${type}".`);
  }
  if (found) return found;
  const draft = { entityId: place.entityId, projectId: place.projectId, kind, name, type, description: '', clientId: null };
  return insertCollection(ingest.tx, { ...draft, createdById: source.sender.userId }, ingest.nowMs);
}
