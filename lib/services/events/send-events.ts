import { parseEvents } from '#lib/domain/event-document.ts';
import { ProjectName, REGISTRY_PROJECT_PREFIX } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import type { Accepted } from '#lib/engine/ingest-event.ts';
import { invalid } from '#lib/errors.ts';
import { currentActor, getEntityByName, requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { senderOf } from './sender.ts';

/**
 * Takes one event or a batch for a project, which comes into being with its first event. Whole or nothing; answered after the
 * commit. Not a command(): what was sent is its own record, and thousands a second must not each leave an audit row.
 */
export async function sendEvents(
  ctx: Context,
  { entity: name, project, events }: { entity: string; project: string; events: unknown },
): Promise<Accepted> {
  const actor = await currentActor(ctx.reader, ctx.actor); // reading, so that it need not wait behind a writer
  const entity = await getEntityByName(ctx.reader, name);
  await requirePermission(ctx.reader, actor, 'events:write', entity);
  if (project.startsWith(REGISTRY_PROJECT_PREFIX) || entity.kind === 'organization') {
    throw invalid(
      'Events are sent to projects. To change a registry, send the event to a project and name the registry in it: artifact: { registry, … }.',
    );
  }
  parseInput(ProjectName, project);
  return ctx.engine.ingest.ingestEvents({
    sender: senderOf({ ...ctx, actor }, 'events:write'),
    entityId: entity.id,
    project,
    documents: parseEvents(events),
    isList: Array.isArray(events),
  });
}
