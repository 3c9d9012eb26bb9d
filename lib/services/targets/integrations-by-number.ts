import { z } from 'zod';
import type { TargetRef } from '#lib/domain/automation.ts';
import { notFound } from '#lib/errors.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findTargetByNumber, listTargetsByAge, type TargetState } from '#lib/store/target-states.ts';
import { findSealedUrl, findTarget } from '#lib/store/targets.ts';
import { requirePermission, standingOf } from '../access.ts';
import { query } from '../command.ts';
import type { Context } from '../context.ts';
import { openUrl } from '../delivery/open-target.ts';
import { OwnerInput, ownerOf } from './integration-owner.ts';

/** Oldest first, webhooks and Slack channels together. */
export const listIntegrations = query({
  permission: 'integrations:list',
  input: OwnerInput.extend({ limit: z.number(), afterId: z.number().optional() }),
  entityOf: ownerOf,
  run: (ctx, { limit, afterId }) => listTargetsByAge(ctx.db, ctx.entity.id, { limit, afterId }),
});

/** The integration behind a number with the name of whose it is; not found where the actor does not see that. */
export async function getIntegration(ctx: Context, id: number): Promise<{ team: string; target: TargetState }> {
  const target = await findTargetByNumber(ctx.db, id);
  const entity = target && (await findEntity(ctx.db, target.entityId));
  if (!target || !entity) throw notFound('The integration');
  await requirePermission(ctx.db, ctx.actor, 'see', { ...entity, notFoundAs: 'The integration' });
  return { team: entity.name, target };
}

/** A webhook's address in full for admins of its entity; scheme, host and "/…" for others. */
export async function shownAddress(ctx: Context, { entityId, targetId }: TargetRef): Promise<string> {
  const [target, entity] = await Promise.all([findTarget(ctx.reader, entityId, targetId), findEntity(ctx.reader, entityId)]);
  if (!target || !entity) return '';
  const isAdmin = (await standingOf(ctx.reader, ctx.actor, entity)).role === 'admin';
  const sealed = isAdmin ? await findSealedUrl(ctx.reader, entityId, targetId) : null;
  return sealed === null ? (target.urlShown ?? '') : openUrl(ctx, target, sealed);
}
