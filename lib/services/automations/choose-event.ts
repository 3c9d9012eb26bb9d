import { EventFacts, fromEventDocument } from '#lib/domain/event-facts.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { type Sample, sampleFor } from '#lib/domain/sample-event.ts';
import type { Place } from '#lib/domain/scope.ts';
import { AppError, isAppError, notFound } from '#lib/errors.ts';
import { findCollectionById } from '#lib/store/collections.ts';
import { findOrganizationEntity } from '#lib/store/entities.ts';
import { findEvent } from '#lib/store/events.ts';
import { findPlace, listProjects } from '#lib/store/projects.ts';
import type { Context } from '../context.ts';
import type { ResolvedScope } from '../places/resolve-scope.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import type { OpenDraft } from './open-draft.ts';

export type ChosenEvent = Sample & { source: 'stored' | 'sample' | 'edited' };

/** The event that a preview, a test or a manual run is made for: a stored one, an edited one, or a built-in sample. */
export async function chooseEvent(
  ctx: Context,
  draft: Pick<OpenDraft, 'document' | 'scope'>,
  wanted: { eventId?: string | undefined; event?: JsonValue | undefined },
): Promise<ChosenEvent> {
  if (wanted.eventId !== undefined) return { source: 'stored', event: await getVisibleEvent(ctx, wanted.eventId) };
  const { on = 'run.state', filter } = draft.document;
  const place = draft.scope ? await placeInside(ctx, draft.scope, on) : undefined;
  const options = { ...(filter && { filter }), ...(place && { place }), at: ctx.now(), publicUrl: ctx.publicUrl };
  if (wanted.event === undefined) return { source: 'sample', ...sampleFor(on, options) };
  return { source: 'edited', event: fromEventDocument(parseEvent(wanted.event), options) };
}

function parseEvent(raw: JsonValue): EventFacts {
  try {
    return parseInput(EventFacts, raw);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const issues = (error.issues ?? []).map(({ path, message }) => ({ path: ['event', ...path], message }));
    throw new AppError('invalid', `The event is not complete: ${error.message}`, { issues });
  }
}

/** By its id alone; not found too where the actor does not see where it happened. */
export async function getVisibleEvent(ctx: Context, id: string) {
  const visible = await listVisiblePlaces(ctx);
  const event = await findEvent(ctx.reader, visible.entityIds, id);
  if (event && !visible.hiddenProjectIds.includes(event.place.projectId)) return event;
  throw notFound(`The event ${id}`);
}

/** A real place inside the scope, for a sample: its project, or the first by name that the caller sees. */
async function placeInside(ctx: Context, { scope, entity }: ResolvedScope, on: AutomationEvent): Promise<Place | undefined> {
  const isLink = on === 'artifact.linked' || on === 'artifact.unlinked';
  let { entityId } = scope;
  let projectId = 'projectId' in scope ? scope.projectId : undefined;
  if (isLink && scope.kind === 'team' && entity.organizationId !== null) {
    entityId = (await findOrganizationEntity(ctx.db, entity.organizationId))?.id ?? entityId;
  }
  if (projectId === undefined) {
    const kind = isLink || scope.kind === 'organization' ? 'registry' : 'project';
    const { hiddenProjectIds } = await listVisiblePlaces(ctx);
    const [first] = await listProjects(ctx.reader, { entityIds: [entityId], kind, withoutIds: hiddenProjectIds }, { limit: 1 });
    projectId = first?.id;
  }
  if (projectId === undefined) return undefined;
  const found = await findPlace(ctx.reader, entityId, projectId);
  if (!found) return undefined;
  const { artifactTypes: _, ...place } = found;
  const collection = 'collectionId' in scope ? await findCollectionById(ctx.reader, entityId, scope.collectionId) : null;
  return collection ? { ...place, collectionId: collection.id, collection: collection.name } : place;
}
