import { z } from 'zod';
import { PageQuery } from '#lib/contracts/view.ts';
import type { TrackedEventType } from '#lib/domain/tracked-event.ts';
import { findCollection } from '#lib/store/collections.ts';
import { listEvents as listStored } from '#lib/store/events.ts';
import { findRun } from '#lib/store/runs.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { type PlaceAddress, requirePlace } from '../places/find-place.ts';
import { toEventView } from './event-view.ts';

const Stored = z.enum({
  'artifact.created': 'artifact.created',
  'artifact.linked': 'artifact.linked',
  'artifact.unlinked': 'artifact.unlinked',
  'artifact.alias_added': 'artifact.alias_added',
  'artifact.tag_added': 'artifact.tag_added',
  'artifact.tag_removed': 'artifact.tag_removed',
  'collection.tag_added': 'collection.tag_added',
  'collection.tag_removed': 'collection.tag_removed',
  'run.metrics': 'run.metrics',
  'run.state': 'run.state',
  'run.silent': 'run.silent',
  schedule: 'schedule',
} satisfies { [Type in TrackedEventType]: Type });

export const EventQuery = PageQuery.extend({
  type: Stored.optional(),
  collection: z.string().optional(),
  run: z.string().optional(),
});

/** What happened in a project or registry, newest first. */
export const listEvents = instanceQuery({
  allow: 'signed_in',
  input: EventQuery.extend({ place: z.custom<PlaceAddress>() }),
  run: async (ctx, { place: address, type, collection, run, limit, after }) => {
    const { entity, project } = await requirePlace(ctx, 'see', address);
    const held = collection === undefined ? null : await findCollection(ctx.db, entity.id, project.id, collection);
    const found = run === undefined ? null : await findRun(ctx.db, entity.id, project.id, run);
    if ((collection !== undefined && !held) || (run !== undefined && !found)) return { items: [] };
    const beforeId = parseCursor(z.string(), after);
    const events = await listStored(
      ctx.reader,
      {
        entityId: entity.id,
        projectIds: [project.id],
        ...(type && { types: [type] }),
        ...(held && { collectionId: held.id }),
        ...(found && { run: found.run.id }),
      },
      { limit: limit + 1, ...(beforeId !== undefined && { beforeId }) },
    );
    const page = toPage(events, limit, ({ id }) => id);
    return { ...page, items: page.items.map((event) => toEventView(event)) };
  },
});
