import { ArtifactTypeName, CollectionName, RegistryCollectionName, TagName } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { changeCollectionTag } from '#lib/engine/apply-collection.ts';
import { notFound } from '#lib/errors.ts';
import { findCollection, findCollectionById, updateCollection } from '#lib/store/collections.ts';
import { deleteCollectionRows } from '#lib/store/delete-collection.ts';
import { writeAudit } from '../audit/write-audit.ts';
import type { Context } from '../context.ts';
import { changeInPlace } from '../places/change-in-place.ts';
import { getProjectPlace } from '../places/find-place.ts';
import { type CollectionPlace, getCollectionByNumber } from './find-artifact.ts';

export type CollectionChanges = { name?: string; description?: string; type?: string };

export async function updateCollectionByNumber(ctx: Context, number: number, changes: CollectionChanges): Promise<CollectionPlace> {
  const { at } = await getCollectionByNumber(ctx, number);
  const isRegistry = at.project.kind === 'registry';
  const given = {
    ...(changes.name !== undefined && { name: parseInput(isRegistry ? RegistryCollectionName : CollectionName, changes.name) }),
    ...(changes.description !== undefined && { description: changes.description }),
    ...(changes.type !== undefined && { type: parseInput(ArtifactTypeName, changes.type) }),
  };
  return changeInPlace(
    ctx,
    'artifacts:write',
    async () => at,
    async ({ ctx: inside, ingest }) => {
      await updateCollection(ingest.tx, at.entity.id, number, given, ingest.nowMs);
      const collection = await findCollectionById(ingest.tx, at.entity.id, number);
      if (!collection) throw notFound('The collection');
      await writeAudit(inside, at.entity.id, {
        what: 'collection.updated',
        target: `${at.entity.name}/${at.project.name}/${collection.name}`,
        after: given,
      });
      return { at, collection };
    },
  );
}

/** Takes the versions made in it along, with their links elsewhere; of linked ones only the links. */
export async function deleteCollectionByNumber(ctx: Context, number: number): Promise<CollectionPlace> {
  const place = await getCollectionByNumber(ctx, number);
  const { at, collection } = place;
  await changeInPlace(
    ctx,
    'artifacts:write',
    async () => at,
    async ({ ctx: inside, ingest }) => {
      await deleteCollectionRows(ingest.tx, collection, ingest.nowMs);
      await writeAudit(inside, at.entity.id, {
        what: 'collection.deleted',
        target: `${at.entity.name}/${at.project.name}/${collection.name}`,
      });
    },
  );
  return place;
}

type Named = { entity: string; project: string; collection: string };

/** Puts tags on a collection or takes them off; each that changes something is an event. */
export async function changeCollectionTags(
  ctx: Context,
  named: Named,
  type: 'collection.tag_added' | 'collection.tag_removed',
  tags: readonly string[],
) {
  for (const tag of tags) parseInput(TagName, tag);
  await changeInPlace(
    ctx,
    'artifacts:write',
    (inside) => getProjectPlace(inside, named.entity, named.project),
    async ({ ingest, source, at }) => {
      const collection = await findCollection(ingest.tx, at.entity.id, at.project.id, named.collection);
      if (!collection) throw notFound(`The collection "${named.collection}"`);
      for (const tag of tags) await changeCollectionTag(ingest, source, source.place, collection, type, tag);
    },
  );
}
