import type { z } from 'zod';
import { ReplayManyBody, type ReplayPreview } from '#lib/contracts/dead-letters.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { forbidden } from '#lib/errors.ts';
import { countFailed, type FailedFilter, listFailed, listFailedTargets } from '#lib/store/dead-letters.ts';
import { listTargetStates, type TargetState } from '#lib/store/target-states.ts';
import type { Context } from '../context.ts';
import { toInboxFilter } from '../dead-letters/inbox-filter.ts';
import { toExecutionRow } from '../executions/execution-row.ts';
import { instanceQuery } from '../instance-command.ts';
import { targetIdText } from '../targets/used-by.ts';
import { reachOf } from './reach.ts';

/** What a replay would send to one target, of one entity's automations. */
export type PlannedPart = {
  entity: Entity;
  target: TargetState;
  filter: FailedFilter & { sinceMs: number; untilMs: number };
  count: number;
};

const SAMPLED = 5;

/** Everything that failed between then and now, as far as the caller may replay it. */
export async function planReplay(ctx: Context, body: z.output<typeof ReplayManyBody>, untilMs: number): Promise<PlannedPart[]> {
  const inbox = await toInboxFilter(ctx, body);
  if (!inbox) return [];
  const { entityIds, targetId: onlyTarget, ...filter } = inbox.filter;
  if (!entityIds.some((entityId) => reachOf(inbox.visible, entityId)))
    throw forbidden('You may not replay executions here. Ask an admin for the right.');
  const parts: PlannedPart[] = [];
  for (const entityId of entityIds) {
    const reach = reachOf(inbox.visible, entityId);
    if (!reach) continue;
    const own = { ...filter, ...reach, sinceMs: Date.parse(body.since), untilMs };
    const refs = await listFailedTargets(ctx.reader, entityId, onlyTarget);
    const states = await listTargetStates(ctx.reader, refs);
    for (const { targetId } of refs) {
      const target = states.get(targetId);
      const count = target ? await countFailed(ctx.reader, entityId, targetId, own) : 0;
      if (target && count > 0) parts.push({ entity: inbox.visible.entities.get(entityId)!.entity, target, filter: own, count });
    }
  }
  return parts;
}

export const maySend = ({ state }: Pick<TargetState, 'state'>) => state === 'ok' || state === 'paused';

/** The exact number and the newest few, before anything is sent. */
export const previewReplay = instanceQuery({
  allow: 'signed_in',
  input: ReplayManyBody,
  run: async (ctx, body): Promise<ReplayPreview> => {
    const until = ctx.now();
    const parts = await planReplay(ctx, body, until);
    const sent = parts.filter(({ target }) => maySend(target));
    const samples = await Promise.all(
      sent.map(({ entity, target, filter }) =>
        listFailed(ctx.reader, { ...filter, entityIds: [entity.id], targetId: target.id }, { limit: SAMPLED }),
      ),
    );
    const newest = samples.flat().toSorted((a, b) => b.execution.finishedAt! - a.execution.finishedAt!);
    return {
      count: sent.reduce((sum, { count }) => sum + count, 0),
      until,
      targets: parts.map(({ entity, target, count }) => ({ ...toReplayTarget(target), entity: entity.name, count })),
      sample: newest.slice(0, SAMPLED).map(toExecutionRow),
    };
  },
});

export const toReplayTarget = ({ id, kind, name, state }: TargetState) => ({ id: targetIdText({ kind, id }), name, kind, state });
