import type { Collection, Version } from '#lib/domain/artifact.ts';
import { LATEST_ALIAS } from '#lib/domain/fixed-names.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { ArtifactFacts } from '#lib/domain/tracked-event.ts';
import {
  deleteAlias,
  deleteMembership,
  findMembershipOf,
  insertMembership,
  type Membership,
  putAlias,
} from '#lib/store/collection-versions.ts';
import { findCollectionById, takeVersionIndex } from '#lib/store/collections.ts';
import { findPlace } from '#lib/store/projects.ts';
import { deleteVersionTag, insertVersionTags, listVersionTags, updateVersion } from '#lib/store/versions.ts';
import { type EventSource, toEvent } from './event-source.ts';
import type { Ingest } from './ingest.ts';
import { reactToEvent } from './react.ts';

/** A version where it stands: in its own collection, or linked into another one. Events happen there. */
export type Standing = { place: Place; collection: Collection; membership: Membership };

const keyOf = (collection: Collection) => ({ entityId: collection.entityId, collectionId: collection.id });

/** The place of an event in a collection. */
export function placeIn(place: Place, collection: Collection): Place {
  const { entityId, entity, organizationEntityId, organization, projectId, project, isRegistry } = place;
  return {
    entityId,
    entity,
    ...(organizationEntityId !== undefined && { organizationEntityId, organization: organization! }),
    projectId,
    project,
    isRegistry,
    collectionId: collection.id,
    collection: collection.name,
  };
}

/** Gives a pending version its index: from now on it counts. `latest` moves to it. */
export async function commitVersion(
  ingest: Ingest,
  source: EventSource,
  place: Place,
  collection: Collection,
  version: Version,
  aliases: readonly string[],
  tags: readonly string[],
): Promise<void> {
  const { tx, nowMs } = ingest;
  const versionIndex = await takeVersionIndex(tx, collection.entityId, collection.id, nowMs);
  const committed: Version = { ...version, state: 'committed', versionIndex, pendingAliases: [], committedAt: nowMs, updatedAt: nowMs };
  await updateVersion(tx, committed);
  await insertMembership(tx, keyOf(collection), { versionIndex, version, isLink: false, createdById: version.createdById }, nowMs);
  const freshTags = [...new Set(tags)];
  await insertVersionTags(tx, version.entityId, version.id, freshTags, nowMs);
  const standing: Standing = {
    place,
    collection,
    membership: { versionIndex, isLink: false, version: committed, aliases: [], createdAt: nowMs },
  };
  const fresh = await putAliases(ingest, standing, [LATEST_ALIAS, ...aliases]);
  await react(ingest, source, standing, [{ type: 'artifact.created' }, ...aliasesAdded(fresh), ...tagsAdded(freshTags)]);
}

/** Links a version into a collection; one that is linked there already only gets the aliases. */
export async function linkVersion(
  ingest: Ingest,
  source: EventSource,
  place: Place,
  collection: Collection,
  version: Version,
  aliases: readonly string[],
): Promise<Standing> {
  const { tx, nowMs } = ingest;
  const key = keyOf(collection);
  const existing = await findMembershipOf(tx, key, version.id);
  if (existing) {
    const standing = { place, collection, membership: existing };
    await react(ingest, source, standing, aliasesAdded(await putAliases(ingest, standing, aliases)));
    return standing;
  }
  const versionIndex = await takeVersionIndex(tx, collection.entityId, collection.id, nowMs);
  await insertMembership(tx, key, { versionIndex, version, isLink: true, createdById: source.sender.userId }, nowMs);
  const standing: Standing = { place, collection, membership: { versionIndex, isLink: true, version, aliases: [], createdAt: nowMs } };
  const fresh = await putAliases(ingest, standing, [LATEST_ALIAS, ...aliases]);
  await react(ingest, source, standing, [{ type: 'artifact.linked' }, ...aliasesAdded(fresh)]);
  return standing;
}

/** The event shows the version with the aliases that it had there. */
export async function unlinkVersion(ingest: Ingest, source: EventSource, standing: Standing): Promise<void> {
  const artifact = await factsOf(ingest, standing);
  await deleteMembership(ingest.tx, keyOf(standing.collection), standing.membership.versionIndex, ingest.nowMs);
  const facts = { type: 'artifact.unlinked', place: placeIn(standing.place, standing.collection), artifact } as const;
  await reactToEvent(ingest, toEvent(ingest, source, facts));
}

/** Puts or moves an alias; one that the version has already is no event. */
export async function addAlias(ingest: Ingest, source: EventSource, standing: Standing, alias: string): Promise<void> {
  await react(ingest, source, standing, aliasesAdded(await putAliases(ingest, standing, [alias])));
}

/** Fires nothing. */
export async function removeAlias(ingest: Ingest, standing: Standing, alias: string): Promise<void> {
  const { collection, membership } = standing;
  if (!(await deleteAlias(ingest.tx, keyOf(collection), alias, membership.versionIndex))) return;
  membership.aliases = membership.aliases.filter((own) => own !== alias);
}

/** Tags belong to the version wherever it is linked; the event happens where it was addressed. */
export async function addTags(ingest: Ingest, source: EventSource, standing: Standing, tags: readonly string[]): Promise<void> {
  const { version } = standing.membership;
  const had = await listVersionTags(ingest.tx, version.entityId, version.id);
  const fresh = [...new Set(tags)].filter((tag) => !had.includes(tag));
  await insertVersionTags(ingest.tx, version.entityId, version.id, fresh, ingest.nowMs);
  await react(ingest, source, standing, tagsAdded(fresh));
}

/** A tag that the version does not have is no event. */
export async function removeTag(ingest: Ingest, source: EventSource, standing: Standing, tag: string): Promise<void> {
  const { version } = standing.membership;
  if (!(await deleteVersionTag(ingest.tx, version.entityId, version.id, tag))) return;
  await react(ingest, source, standing, [{ type: 'artifact.tag_removed', tag }]);
}

async function putAliases(ingest: Ingest, { collection, membership }: Standing, aliases: readonly string[]): Promise<string[]> {
  const fresh: string[] = [];
  for (const alias of new Set(aliases)) {
    if (await putAlias(ingest.tx, keyOf(collection), alias, membership.versionIndex, ingest.nowMs)) fresh.push(alias);
  }
  membership.aliases = [...membership.aliases, ...fresh];
  return fresh;
}

type Happening =
  | { type: 'artifact.created' | 'artifact.linked' }
  | { type: 'artifact.alias_added'; alias: string }
  | { type: 'artifact.tag_added' | 'artifact.tag_removed'; tag: string };

const aliasesAdded = (aliases: readonly string[]) => aliases.map((alias) => ({ type: 'artifact.alias_added', alias }) as const);
const tagsAdded = (tags: readonly string[]) => tags.map((tag) => ({ type: 'artifact.tag_added', tag }) as const);

/** In order; each shows the version as it is after all of them. */
async function react(ingest: Ingest, source: EventSource, standing: Standing, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return;
  const place = placeIn(standing.place, standing.collection);
  const artifact = await factsOf(ingest, standing);
  for (const happening of happenings) await reactToEvent(ingest, toEvent(ingest, source, { place, artifact, ...happening }));
}

async function factsOf(ingest: Ingest, { collection, membership }: Standing): Promise<ArtifactFacts> {
  const { version, versionIndex, aliases, isLink } = membership;
  const source = isLink ? await sourceOfLink(ingest, version) : undefined;
  return {
    id: version.id,
    collection: collection.name,
    type: collection.type,
    versionIndex,
    aliases: [...aliases],
    tags: await listVersionTags(ingest.tx, version.entityId, version.id),
    metadata: version.metadata,
    ...(source && { source }),
  };
}

async function sourceOfLink(ingest: Ingest, version: Version): Promise<ArtifactFacts['source']> {
  const collection = await findCollectionById(ingest.tx, version.entityId, version.collectionId);
  const place = await findPlace(ingest.tx, version.entityId, version.projectId);
  if (!collection || !place) return undefined;
  return { entity: place.entity, project: place.project, collection: collection.name, versionIndex: version.versionIndex ?? 0 };
}
