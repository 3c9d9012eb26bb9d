import { z } from 'zod';
import { ReplayManyBody, type ReplayManyView } from '#lib/contracts/dead-letters.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { conflict } from '#lib/errors.ts';
import { startOf } from '#lib/store/dead-letters.ts';
import { insertReplayPart } from '#lib/store/replays.ts';
import { currentActor, getEntity } from '../access.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import { command, within } from '../command.ts';
import type { Context, Guarded } from '../context.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { maySend, type PlannedPart, planReplay } from './plan-replay.ts';
import { reachOf } from './reach.ts';
import { getReplay } from './replay-view.ts';

/** Leaves a job that sends everything again that failed since a time; it goes on by itself, also after a restart. */
export async function startReplay(ctx: Context, raw: ReplayManyBody): Promise<ReplayManyView> {
  const body = parseInput(ReplayManyBody, raw);
  const asking = { ...within(ctx, ctx.reader), actor: await currentActor(ctx.reader, ctx.actor) };
  const parts = await planReplay(asking, body, ctx.now());
  const sendable = parts.filter(({ target }) => maySend(target));
  if (sendable.length === 0) throw conflict(nothingToSend(parts));
  const id = ctx.newId('rpl');
  for (const [entityId, own] of Map.groupBy(sendable, ({ entity }) => entity.id)) await startIn(ctx, { id, entityId, parts: own });
  return getReplay(ctx, { id });
}

function nothingToSend(parts: readonly PlannedPart[]): string {
  const [first] = parts;
  if (!first) return 'Nothing that you may replay has failed since then.';
  return `Everything that failed since then went to ${first.target.name}, which is ${first.target.state === 'gone' ? 'deleted' : 'disabled'}: enable it first.`;
}

const startIn = command({
  permission: 'executions:replay',
  input: z.object({ id: z.string(), entityId: z.number(), parts: z.custom<PlannedPart[]>() }),
  entityOf: (ctx, { entityId }) => replayableIn(ctx, entityId),
  run: async (ctx, { id, parts }) => {
    for (const { entity, target, filter, count } of parts) {
      await insertReplayPart(ctx.db, {
        entityId: entity.id,
        id,
        targetId: target.id,
        targetEntityId: target.entityId,
        createdById: requireUserId(ctx.actor),
        createdAt: ctx.now(),
        sinceMs: filter.sinceMs,
        untilMs: filter.untilMs,
        filter: { automationId: filter.automationId, cause: filter.cause, projectId: filter.projectId },
        total: count,
        replayed: 0,
        position: startOf(filter),
        status: 'running',
        reason: null,
        finishedAt: null,
      });
    }
    const { sinceMs, automationId, cause, projectId } = parts[0]!.filter;
    const after = {
      since: new Date(sinceMs).toISOString(),
      executions: parts.reduce((sum, { count }) => sum + count, 0),
      targets: parts.map(({ target }) => target.name),
      ...(automationId !== undefined && { automationId }),
      ...(cause !== undefined && { cause }),
      ...(projectId !== undefined && { projectId }),
    };
    return { result: undefined, audit: { what: 'executions.replay_started', target: id, after } };
  },
});

/** An entity as a place to replay in: by the role in it, or by that in one of its registries. */
export async function replayableIn(ctx: Context, entityId: number): Promise<Guarded> {
  const entity = await getEntity(ctx.db, entityId);
  const registryId = reachOf(await listVisiblePlaces(ctx), entityId)?.onlyProjectIds?.[0];
  return registryId === undefined ? entity : { ...entity, registryId };
}
