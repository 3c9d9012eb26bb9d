import { z } from 'zod';
import type { CollectionDetail, CollectionView } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import type { Collection } from '#lib/domain/artifact.ts';
import type { EventDocument } from '#lib/domain/event-document.ts';
import { TagName } from '#lib/domain/names.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import { notFound } from '#lib/errors.ts';
import { listCollectionAliases } from '#lib/store/collection-aliases.ts';
import { countVersions, listMemberships } from '#lib/store/collection-versions.ts';
import { findCollection, listCollections as listCollectionRows, listCollectionTags, updateCollection } from '#lib/store/collections.ts';
import type { Db } from '#lib/store/connect.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { senderOf } from '../events/sender.ts';
import { instanceQuery } from '../instance-command.ts';
import { getPlace, type PlaceAddress, type ProjectPlace, requirePlace } from '../places/find-place.ts';

const Place = z.custom<PlaceAddress>();
/** `type` is part of a project's address and must agree; in a registry the name alone is enough. */
export const CollectionAddress = z.object({ place: Place, collection: z.string(), type: z.string().optional() });
export type CollectionAddress = z.infer<typeof CollectionAddress>;

const ALIASES_SHOWN = 12;

async function toCollectionView(db: Db, collection: Collection): Promise<z.output<typeof CollectionView>> {
  const key = { entityId: collection.entityId, collectionId: collection.id };
  const [tags, aliases, versions, newest] = await Promise.all([
    listCollectionTags(db, key.entityId, key.collectionId),
    listCollectionAliases(db, key, ALIASES_SHOWN),
    countVersions(db, key),
    listMemberships(db, key, { limit: 1 }),
  ]);
  return {
    name: collection.name,
    type: collection.type,
    description: collection.description,
    tags,
    aliases,
    versions,
    latest: newest[0] ? `v${newest[0].versionIndex}` : null,
    createdAt: collection.createdAt,
    lastVersionAt: newest[0]?.version.committedAt ?? newest[0]?.version.createdAt ?? null,
  };
}

/** By name. */
export const listCollections = instanceQuery({
  allow: 'signed_in',
  input: PageQuery.extend({ place: Place, q: z.string().max(256).optional() }),
  run: async (ctx, { place, q, limit, after }) => {
    const { project } = await requirePlace(ctx, 'see', place);
    const rows = await listCollectionRows(
      ctx.db,
      project.entityId,
      project.id,
      { ...(q && { search: q }) },
      { limit: limit + 1, afterName: parseCursor(z.string(), after) },
    );
    const page = toPage(rows, limit, ({ name }) => name);
    return { ...page, items: await Promise.all(page.items.map((collection) => toCollectionView(ctx.db, collection))) };
  },
});

/** The collection of an address, without a look at rights: whoever asks has had them checked. */
export async function getCollectionRow(db: Db, { project }: ProjectPlace, name: string, type?: string): Promise<Collection> {
  const collection = await findCollection(db, project.entityId, project.id, name);
  if (!collection || (type !== undefined && collection.type !== type)) throw notFound(`The collection "${name}"`);
  return collection;
}

export const getCollection = instanceQuery({
  allow: 'signed_in',
  input: CollectionAddress,
  run: async (ctx, { place: address, collection: name, type }): Promise<z.output<typeof CollectionDetail>> => {
    const place = await requirePlace(ctx, 'see', address);
    const collection = await getCollectionRow(ctx.db, place, name, type);
    return { ...(await toCollectionView(ctx.db, collection)), role: place.role };
  },
});

/** How events name this collection: a registry's with its organization. */
export const referenceTo = ({ project, entity }: ProjectPlace, collection: string) =>
  project.kind === 'registry' ? { registry: `${entity.name}/${registryNameOf(project.name)}`, collection } : { collection };

/** Sends documents as the caller through the engine, so that rules see what the dashboard changes. Its own transaction. */
export function ingestAs(ctx: Context, { project }: ProjectPlace, documents: EventDocument[]) {
  if (documents.length === 0) return Promise.resolve();
  return ctx.engine.ingest.ingestEvents({
    sender: senderOf(ctx, 'artifacts:write'),
    entityId: project.entityId,
    project: project.name,
    documents,
    isList: false,
  });
}

export const changeCollection = command({
  permission: 'artifacts:write',
  input: CollectionAddress.extend({
    description: z.string().max(16_384).optional(),
    addTags: z.array(TagName).max(64).default([]),
    removeTags: z.array(TagName).max(64).default([]),
  }),
  entityOf: async (ctx, { place }) => (await getPlace(ctx, place)).guarded,
  prepare: async (ctx, { place: address, collection: name, type, addTags, removeTags }) => {
    const place = await getPlace(ctx, address);
    await getCollectionRow(ctx.db, place, name, type);
    const artifact = referenceTo(place, name);
    await ingestAs(ctx, place, [
      ...addTags.map((tag) => ({ type: 'collection.tag_added' as const, artifact, tag })),
      ...removeTags.map((tag) => ({ type: 'collection.tag_removed' as const, artifact, tag })),
    ]);
  },
  run: async (ctx, { place: address, collection: name, type, description, addTags, removeTags }) => {
    const place = await getPlace(ctx, address);
    const collection = await getCollectionRow(ctx.db, place, name, type);
    if (description !== undefined) await updateCollection(ctx.db, collection.entityId, collection.id, { description }, ctx.now());
    return {
      result: undefined,
      audit: {
        what: 'collection.updated',
        target: `${place.project.name}/${name}`,
        after: { description: description ?? null, addTags, removeTags },
      },
    };
  },
});
