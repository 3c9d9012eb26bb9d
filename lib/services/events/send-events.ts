import { createShortMemory, type ShortMemory } from '#lib/auth/short-memory.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { parseEvents } from '#lib/domain/event-document.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { ProjectName } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import type { Accepted } from '#lib/engine/ingest-event.ts';
import { invalid } from '#lib/errors.ts';
import { currentActor, getEntityByName, requirePermission } from '../access.ts';
import type { Context, Platform } from '../context.ts';
import { senderOf } from './sender.ts';

/** Rights that are gone stop working within 5 s; this leaves room for requests under way. */
const REMEMBERED_MS = 3000;

type Writer = { actor: Actor; entity: Entity };

const writers = new WeakMap<Platform['engine'], ShortMemory<Writer>>();

/** Events come by the thousand a second, from a few callers: who may write where is remembered for a moment. */
function findWriter(ctx: Context, name: string): Promise<Writer> {
  let known = writers.get(ctx.engine);
  if (!known) {
    known = createShortMemory(REMEMBERED_MS, ctx.now);
    writers.set(ctx.engine, known);
  }
  const { actor } = ctx;
  const who = 'userId' in actor ? `${actor.userId} ${actor.kind === 'user' ? actor.sessionId : actor.keyId}` : '';
  return known.get(`${actor.kind} ${who} ${name}`, async () => {
    const current = await currentActor(ctx.reader, actor); // reading, so that it need not wait behind a writer
    const entity = await getEntityByName(ctx.reader, name);
    await requirePermission(ctx.reader, current, 'events:write', entity);
    return { actor: current, entity };
  });
}

/**
 * Takes one event or a batch for a project, which comes into being with its first event. Whole or nothing; answered after the
 * commit. Not a command(): what was sent is its own record, and thousands a second must not each leave an audit row.
 */
export async function sendEvents(
  ctx: Context,
  { entity: name, project, events }: { entity: string; project: string; events: unknown },
): Promise<Accepted> {
  const { actor, entity } = await findWriter(ctx, name);
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
    requestId: ctx.requestId,
  });
}
