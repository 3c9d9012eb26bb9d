import type { Collection, Version } from '#lib/domain/artifact.ts';
import { isVersionAlias } from '#lib/domain/fixed-names.ts';
import type { Permission } from '#lib/domain/permissions.ts';
import { notFound } from '#lib/errors.ts';
import { findAlias, findMembership, listMembershipKeys, type Membership } from '#lib/store/collection-versions.ts';
import { findCollection, findCollectionById, findCollectionByNumber } from '#lib/store/collections.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findProjectById } from '#lib/store/projects.ts';
import { findVersionByNumber, listVersionsByClientId } from '#lib/store/versions.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { guardedOf, type ProjectPlace } from '../places/find-place.ts';
import { mayIn } from '../places/visible-projects.ts';

/** A collection with the project or registry that it is in. */
export type CollectionPlace = { at: ProjectPlace; collection: Collection };
/** A version where it stands: in its own collection, or as a link in another. */
export type MembershipPlace = CollectionPlace & { membership: Membership };
export type { Membership };

export const keyOf = ({ collection }: CollectionPlace) => ({ entityId: collection.entityId, collectionId: collection.id });

/** Where a collection is, whoever asks. */
export async function findPlaceOf(ctx: Context, collection: Collection): Promise<CollectionPlace | null> {
  const entity = await findEntity(ctx.reader, collection.entityId);
  const project = await findProjectById(ctx.reader, collection.entityId, collection.projectId);
  if (!entity || !project) return null;
  return { at: { entity, project, guarded: guardedOf({ entity, project }, 'The collection') }, collection };
}

export const may = (ctx: Context, { at }: CollectionPlace, permission: Permission) => mayIn(ctx, at.guarded, permission);

/** Null where the project has none of that name. */
export async function findCollectionIn({ reader }: Context, at: ProjectPlace, name: string): Promise<CollectionPlace | null> {
  const collection = await findCollection(reader, at.entity.id, at.project.id, name);
  return collection && { at, collection };
}

/** By its number; not found too where the actor may not see it. */
export async function getCollectionByNumber(ctx: Context, number: number, permission: Permission = 'see'): Promise<CollectionPlace> {
  const collection = await findCollectionByNumber(ctx.reader, number);
  const place = collection && (await findPlaceOf(ctx, collection));
  if (!place) throw notFound('The collection');
  await requirePermission(ctx.reader, ctx.actor, permission, place.at.guarded);
  return place;
}

/** `v3` or an alias; null where the collection has no such version. */
export async function findMembershipBy(ctx: Context, place: CollectionPlace, alias: string): Promise<MembershipPlace | null> {
  const index = isVersionAlias(alias) ? Number(alias.slice(1)) : await findAlias(ctx.reader, keyOf(place), alias);
  const membership = index === null ? null : await findMembership(ctx.reader, keyOf(place), index);
  return membership && { ...place, membership };
}

/** Where a version stands, its own collection first; only what the actor sees. */
export async function listPlacesOf(ctx: Context, version: Version): Promise<MembershipPlace[]> {
  const places: MembershipPlace[] = [];
  for (const key of await listMembershipKeys(ctx.reader, version.id)) {
    const collection = await findCollectionById(ctx.reader, key.entityId, key.collectionId);
    const place = collection && (await findPlaceOf(ctx, collection));
    if (!place || !(await may(ctx, place, 'see'))) continue;
    const membership = await findMembership(ctx.reader, key, key.versionIndex);
    if (membership) places.push({ ...place, membership });
  }
  return places;
}

/** The version's own collection, whoever asks; what of it may be shown is the asker's matter. */
export async function ownPlaceOf(ctx: Context, version: Version): Promise<CollectionPlace> {
  const collection = await findCollectionById(ctx.reader, version.entityId, version.collectionId);
  const place = collection && (await findPlaceOf(ctx, collection));
  if (!place) throw notFound('The artifact');
  return { ...place, at: { ...place.at, guarded: { ...place.at.guarded, notFoundAs: 'The artifact' } } };
}

/** By its number. A version is seen by who sees any of the places where it stands. */
export async function getVersionByNumber(ctx: Context, number: number): Promise<Version> {
  const version = await getVersionEvenDeleted(ctx, number);
  if (version.state === 'deleted') throw notFound('The artifact');
  return version;
}

/** Also one that was deleted, for who holds it still and asks what it was. */
export async function getVersionEvenDeleted(ctx: Context, number: number): Promise<Version> {
  const version = await findVersionByNumber(ctx.reader, number);
  if (!version) throw notFound('The artifact');
  await requireInAnyPlace(ctx, version, 'see');
  return version;
}

/**
 * Throws unless the actor has the right in one of the version's places: forbidden where it is seen in any of them, else not
 * found, without a word about whose it is.
 */
export async function requireInAnyPlace(ctx: Context, version: Version, permission: Permission): Promise<void> {
  const own = await ownPlaceOf(ctx, version);
  if (await may(ctx, own, permission)) return;
  const seen = await listPlacesOf(ctx, version);
  for (const place of seen) if (await may(ctx, place, permission)) return;
  await requirePermission(ctx.reader, ctx.actor, permission, (seen[0] ?? own).at.guarded);
}

/** The first version of that id that stands where the actor sees it. */
export async function findVersionByClient(ctx: Context, clientId: string): Promise<Version | null> {
  for (const version of await listVersionsByClientId(ctx.reader, clientId)) {
    const collection = await findCollectionById(ctx.reader, version.entityId, version.collectionId);
    const own = collection && (await findPlaceOf(ctx, collection));
    if (own && (await may(ctx, own, 'see'))) return version;
  }
  return null;
}
