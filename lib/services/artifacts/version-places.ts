import type { Collection, Version } from '#lib/domain/artifact.ts';
import { listMembershipKeys } from '#lib/store/collection-versions.ts';
import { findCollectionById } from '#lib/store/collections.ts';
import type { Context } from '../context.ts';
import { type CollectionPlace, findPlaceOf, may } from './find-artifact.ts';

/** A collection in which a version stands, and the version's number there. */
export type Standing = CollectionPlace & { versionIndex: number; isLink: boolean };
export type VersionPlaces = (version: Pick<Version, 'id'>) => Promise<Standing[]>;

/** Looks up where versions stand, their own collection first, as far as the actor sees; each collection is asked for once. */
export function versionPlaces(ctx: Context): VersionPlaces {
  const known = new Map<Collection['id'], Promise<CollectionPlace | null>>();
  const seen = async (entityId: number, collectionId: number): Promise<CollectionPlace | null> => {
    const collection = await findCollectionById(ctx.reader, entityId, collectionId);
    const place = collection && (await findPlaceOf(ctx, collection));
    return place && (await may(ctx, place, 'see')) ? place : null;
  };
  return async ({ id }) => {
    const standings: Standing[] = [];
    for (const { entityId, collectionId, versionIndex, isLink } of await listMembershipKeys(ctx.reader, id)) {
      const place = known.get(collectionId) ?? seen(entityId, collectionId);
      known.set(collectionId, place);
      const found = await place;
      if (found) standings.push({ ...found, versionIndex, isLink });
    }
    return standings.sort((a, b) => Number(a.isLink) - Number(b.isLink));
  };
}
