import { z } from 'zod';
import type { ReplayManyView } from '#lib/contracts/dead-letters.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { personText } from '#lib/domain/entity.ts';
import { FAILURE_CAUSES } from '#lib/domain/failure-causes.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { notFound } from '#lib/errors.ts';
import { countReplayed } from '#lib/store/dead-letters.ts';
import { findAutomationName } from '#lib/store/execution-history.ts';
import { findReplayParts, listReplayParts, type ReplayPart, type ReplayStatus } from '#lib/store/replays.ts';
import { listTargetStates } from '#lib/store/target-states.ts';
import { findUser } from '#lib/store/users.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { listVisiblePlaces, type VisiblePlaces } from '../places/visible-places.ts';
import { toReplayTarget } from './plan-replay.ts';
import { reachOf } from './reach.ts';

/** Replays in everything that I can see, newest first. */
export const listReplays = instanceQuery({
  allow: 'signed_in',
  input: PageQuery,
  run: async (ctx, { limit, after }) => {
    const visible = await listVisiblePlaces(ctx);
    const before = parseCursor(z.string(), after);
    const parts = await listReplayParts(ctx.reader, visible.entityIds, { limit: limit + 1, ...(before !== undefined && { before }) });
    const replays = [...Map.groupBy(parts, ({ id }) => id).values()];
    const page = toPage(replays, limit, ([first]) => first!.id);
    return { ...page, items: await Promise.all(page.items.map((own) => toView(ctx, visible, own))) };
  },
});

export const getReplay = instanceQuery({
  allow: 'signed_in',
  input: z.object({ id: z.string() }),
  run: async (ctx, { id }): Promise<ReplayManyView> => {
    const visible = await listVisiblePlaces(ctx);
    const parts = await findReplayParts(ctx.reader, visible.entityIds, id);
    if (parts.length === 0) throw notFound(`The replay ${id}`);
    return toView(ctx, visible, parts);
  },
});

async function toView(ctx: Context, visible: VisiblePlaces, parts: readonly ReplayPart[]): Promise<ReplayManyView> {
  const first = parts[0]!;
  const [creator, states, counts, narrowedTo] = await Promise.all([
    findUser(ctx.reader, first.createdById),
    listTargetStates(
      ctx.reader,
      parts.map(({ targetEntityId: entityId, targetId }) => ({ entityId, targetId })),
    ),
    countReplayed(ctx.reader, [...new Set(parts.map(({ entityId }) => entityId))], first.id),
    narrowedWords(ctx, visible, first),
  ]);
  const status = statusOf(parts);
  const of = (name: string) => counts.get(name) ?? 0;
  return {
    id: first.id,
    createdAt: first.createdAt,
    createdBy: creator ? personText(creator) : '',
    since: first.sinceMs,
    until: first.untilMs,
    narrowedTo,
    status,
    total: sumOf(parts, ({ total }) => total),
    replayed: sumOf(parts, ({ replayed }) => replayed),
    outcome: { finished: of('finished'), failed: of('failed'), waiting: of('pending') + of('running') },
    parts: parts.map((part) => {
      const state = states.get(part.targetId);
      const waits = part.status === 'running' && state?.state === 'paused' ? `${state.name} is paused: it waits for the next probe.` : null;
      return {
        entity: visible.entities.get(part.entityId)!.entity.name,
        target: state ? toReplayTarget(state) : { id: '', name: '(deleted)', kind: 'webhook' as const, state: 'gone' as const },
        total: part.total,
        replayed: part.replayed,
        status: part.status,
        reason: part.reason ?? waits,
      };
    }),
    finishedAt: status === 'running' ? null : Math.max(...parts.map(({ finishedAt }) => finishedAt ?? 0)),
    can: {
      cancel: status === 'running' && parts.some((part) => part.status === 'running' && mayReplayIn(visible, part.entityId)),
    },
  };
}

const sumOf = (parts: readonly ReplayPart[], of: (part: ReplayPart) => number) => parts.reduce((sum, part) => sum + of(part), 0);

export const mayReplayIn = (visible: VisiblePlaces, entityId: number) =>
  roleMay(visible.entities.get(entityId)?.role ?? null, 'executions:replay') || reachOf(visible, entityId) !== null;

/** Of the parts' states the one that says most: what goes on, was ended, could not go on. */
function statusOf(parts: readonly ReplayPart[]): ReplayStatus {
  const order: ReplayStatus[] = ['running', 'cancelled', 'stopped'];
  return order.find((status) => parts.some((part) => part.status === status)) ?? 'done';
}

async function narrowedWords(
  ctx: Context,
  { hiddenProjectIds }: VisiblePlaces,
  { entityId, filter: { automationId, cause } }: ReplayPart,
): Promise<string> {
  const words = [];
  if (automationId !== undefined)
    words.push((await findAutomationName(ctx.reader, entityId, automationId, hiddenProjectIds)) ?? automationIdText(automationId));
  if (cause !== undefined) words.push(FAILURE_CAUSES[cause].label);
  return words.length === 0 ? '' : `only ${words.join(', ')}`;
}
