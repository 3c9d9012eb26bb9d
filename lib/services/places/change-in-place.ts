import type { Permission } from '#lib/domain/permissions.ts';
import type { EventSource } from '#lib/engine/event-source.ts';
import type { Ingest } from '#lib/engine/ingest.ts';
import { currentActor, requirePermission } from '../access.ts';
import { within } from '../command.ts';
import type { Context } from '../context.ts';
import { senderOf } from '../events/sender.ts';
import { type ProjectPlace, toPlace } from './find-place.ts';

export type Change = {
  /** Reads and writes inside the transaction. */
  ctx: Context;
  ingest: Ingest;
  source: EventSource;
  at: ProjectPlace;
};

/**
 * A change that automations may react to: right, change, event and executions in one transaction. Nothing in `work` may
 * use another connection than the one it is given.
 */
export function changeInPlace<Result>(
  outside: Context,
  permission: Permission,
  find: (ctx: Context) => Promise<ProjectPlace>,
  work: (change: Change) => Promise<Result>,
): Promise<Result> {
  return outside.engine.ingest.apply(async (ingest) => {
    const actor = await currentActor(ingest.tx, outside.actor);
    const ctx = { ...within(outside, ingest.tx), actor };
    const at = await find(ctx);
    await requirePermission(ctx.db, actor, permission, at.guarded);
    const source = { sender: senderOf(ctx, permission), place: await toPlace(ctx.db, at) };
    return work({ ctx, ingest, source, at });
  }, outside.requestId);
}
