import type { z } from 'zod';
import type { DeadLetterQuery } from '#lib/contracts/dead-letters.ts';
import { parseNumberedId } from '#lib/domain/ids.ts';
import { foldName } from '#lib/domain/names.ts';
import { invalidField } from '#lib/errors.ts';
import type { InboxFilter } from '#lib/store/dead-letters.ts';
import type { Context } from '../context.ts';
import { requirePlace } from '../places/find-place.ts';
import { listVisiblePlaces, type VisiblePlaces } from '../places/visible-places.ts';

export type InboxFilters = Omit<z.output<typeof DeadLetterQuery>, 'limit' | 'after'>;

/** What I may see of it; null where nothing can match, such as an id that names nothing. */
export async function toInboxFilter(
  ctx: Context,
  { entity, webhook, automation, cause, project, since, until }: InboxFilters,
): Promise<{ filter: InboxFilter; visible: VisiblePlaces } | null> {
  const visible = await listVisiblePlaces(ctx);
  const mine = [...visible.entities.values()].map((each) => each.entity);
  const entities = entity === undefined ? mine : mine.filter(({ name }) => foldName(name) === foldName(entity));
  const targetId = webhook === undefined ? undefined : (parseNumberedId('whk', webhook) ?? parseNumberedId('slk', webhook));
  const automationId = automation === undefined ? undefined : parseNumberedId('aut', automation);
  if (entities.length === 0 || targetId === null || automationId === null) return null;
  const filter: InboxFilter = {
    entityIds: entities.map(({ id }) => id),
    targetId,
    automationId,
    cause,
    projectId: project === undefined ? undefined : await projectIdOf(ctx, project),
    sinceMs: since === undefined ? undefined : Date.parse(since),
    untilMs: until === undefined ? undefined : Date.parse(until),
    exceptProjectIds: visible.hiddenProjectIds,
  };
  return { filter, visible };
}

async function projectIdOf(ctx: Context, text: string): Promise<number> {
  const slash = text.indexOf('/');
  if (slash < 1) throw invalidField(['project'], 'A project is named entity/project, such as acme/vision.');
  const { project } = await requirePlace(ctx, 'see', { entity: text.slice(0, slash), project: text.slice(slash + 1) });
  return project.id;
}
