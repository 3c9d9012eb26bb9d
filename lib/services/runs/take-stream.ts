import { createShortMemory } from '#lib/auth/short-memory.ts';
import type { StreamParts } from '#lib/domain/run-stream.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { Sender } from '#lib/engine/ingest.ts';
import { notFound } from '#lib/errors.ts';
import { requirePermission } from '../access.ts';
import { within } from '../command.ts';
import type { Context } from '../context.ts';
import { senderOf } from '../events/sender.ts';
import { getProjectPlace, toPlace } from '../places/find-place.ts';

/** Roles that are gone stop working within 5 s; this leaves room for requests under way. */
const REMEMBERED_MS = 3000;

export type StreamAddress = { entity: string; project: string; run: string };

/**
 * Takes the file streams of runs. They come by the thousand a second, a few callers into a few projects: who may write
 * where is remembered for a moment.
 */
export function createRunStreams(now: () => number) {
  const access = createShortMemory<{ place: Place; sender: Sender }>(REMEMBERED_MS, now);

  return async (ctx: Context, { entity, project, run }: StreamAddress, parts: StreamParts): Promise<{ stopRequested: boolean }> => {
    const who = 'userId' in ctx.actor ? ctx.actor.userId : ctx.actor.kind;
    const { place, sender } = await access.get(`${who}/${entity}/${project}`, () => openForWriting(ctx, entity, project));
    const answer = await ctx.engine.ingest.ingestStream({ ...parts, place, sender, runId: run, requestId: ctx.requestId });
    if (answer.kind === 'no_such_run') throw notFound(`The run "${entity}/${project}/${run}"`);
    return answer;
  };
}

/** Read from the reading connection, so that it need not wait behind a writer. */
async function openForWriting(ctx: Context, entity: string, project: string) {
  const reading = within(ctx, ctx.reader);
  const found = await getProjectPlace(reading, entity, project);
  await requirePermission(reading.db, ctx.actor, 'events:write', found.guarded);
  return { place: await toPlace(reading.db, found), sender: senderOf(ctx, 'events:write') };
}
