import type { Collection } from '#lib/domain/artifact.ts';
import type { Place } from '#lib/domain/scope.ts';
import { deleteCollectionTag, insertCollectionTag, listCollectionTags } from '#lib/store/collections.ts';
import { type EventSource, toEvent } from './event-source.ts';
import type { Ingest } from './ingest.ts';
import { reactToEvent } from './react.ts';
import { placeIn } from './versions.ts';

/** Puts a tag on a whole collection or takes it off; a tag that is there, or is not, already is no event. */
export async function changeCollectionTag(
  ingest: Ingest,
  source: EventSource,
  place: Place,
  collection: Collection,
  type: 'collection.tag_added' | 'collection.tag_removed',
  tag: string,
): Promise<void> {
  const { entityId, id, name } = collection;
  const changed =
    type === 'collection.tag_added'
      ? await insertCollectionTag(ingest.tx, entityId, id, tag, ingest.nowMs)
      : await deleteCollectionTag(ingest.tx, entityId, id, tag);
  if (!changed) return;
  const tags = await listCollectionTags(ingest.tx, entityId, id);
  const facts = { type, place: placeIn(place, collection), collection: { id, name, type: collection.type, tags }, tag } as const;
  await reactToEvent(ingest, toEvent(ingest, source, facts));
}
