import { z } from 'zod';
import type { ReplayManyView } from '#lib/contracts/dead-letters.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { endReplayPart, findReplayParts } from '#lib/store/replays.ts';
import { currentActor } from '../access.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { getReplay, mayReplayIn } from './replay-view.ts';
import { replayableIn } from './start-replay.ts';

/** What was not queued yet stays failed; what was is delivered. */
export async function cancelReplay(ctx: Context, { id }: { id: string }): Promise<ReplayManyView> {
  const visible = await listVisiblePlaces({ ...ctx, actor: await currentActor(ctx.db, ctx.actor) });
  const parts = await findReplayParts(ctx.db, visible.entityIds, id);
  if (parts.length === 0) throw notFound(`The replay ${id}`);
  const entityIds = new Set(parts.map(({ entityId }) => entityId));
  const mine = [...entityIds].filter((entityId) => mayReplayIn(visible, entityId));
  let cancelled = 0;
  for (const entityId of mine.length > 0 ? mine : entityIds) cancelled += await cancelIn(ctx, { id, entityId });
  if (cancelled === 0) throw conflict('It is over already.');
  return getReplay(ctx, { id });
}

const cancelIn = command({
  permission: 'executions:replay',
  input: z.object({ id: z.string(), entityId: z.number() }),
  entityOf: (ctx, { entityId }) => replayableIn(ctx, entityId),
  run: async (ctx, { id, entityId }) => {
    let cancelled = 0;
    const parts = await findReplayParts(ctx.db, [entityId], id);
    for (const part of parts) if (await endReplayPart(ctx.db, part, { status: 'cancelled', at: ctx.now() })) cancelled++;
    const replayed = parts.reduce((sum, part) => sum + part.replayed, 0);
    return { result: cancelled, audit: { what: 'executions.replay_cancelled', target: id, after: { replayed } } };
  },
});
