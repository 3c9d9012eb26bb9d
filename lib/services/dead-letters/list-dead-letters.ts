import { z } from 'zod';
import { DeadLetterQuery, type DeadLetterSummary } from '#lib/contracts/dead-letters.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { COUNT_LIMIT } from '#lib/store/bounded-count.ts';
import { countNewestFailed, type FailedKind, listFailed } from '#lib/store/dead-letters.ts';
import { listTargetStates } from '#lib/store/target-states.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { toExecutionRow } from '../executions/execution-row.ts';
import { instanceQuery } from '../instance-command.ts';
import type { VisiblePlaces } from '../places/visible-places.ts';
import { reachOf } from '../replays/reach.ts';
import { targetIdText } from '../targets/used-by.ts';
import { toInboxFilter } from './inbox-filter.ts';

/** What failed for good, of everything that I can see: what failed last first. */
export const listDeadLetters = instanceQuery({
  allow: 'signed_in',
  input: DeadLetterQuery,
  run: async (ctx, { limit, after, ...filters }) => {
    const inbox = await toInboxFilter(ctx, filters);
    if (!inbox) return { items: [] };
    const before = parseCursor(z.object({ at: z.number(), id: z.string() }), after);
    const rows = await listFailed(ctx.reader, inbox.filter, { limit: limit + 1, ...(before && { before }) });
    const page = toPage(rows, limit, ({ execution: { finishedAt, id } }) => ({ at: finishedAt, id }));
    return { ...page, items: page.items.map(toExecutionRow) };
  },
});

const NOTHING: DeadLetterSummary = { count: { count: 0, more: false }, entities: [], targets: [], automations: [], causes: [] };

/** What there is to filter by; the count is of what the filters leave. */
export const summarizeDeadLetters = instanceQuery({
  allow: 'signed_in',
  input: DeadLetterQuery.omit({ limit: true, after: true }),
  run: async (ctx, { webhook, automation, cause, ...filters }): Promise<DeadLetterSummary> => {
    const wide = await toInboxFilter(ctx, filters);
    const inbox = await toInboxFilter(ctx, { ...filters, webhook, automation, cause });
    if (!wide) return NOTHING;
    const { kinds } = await countNewestFailed(ctx.reader, wide.filter, COUNT_LIMIT);
    return { ...(await choicesOf(ctx, kinds, wide.visible)), count: inbox ? await count(ctx, inbox.filter) : NOTHING.count };
  },
});

async function count(ctx: Context, filter: Parameters<typeof countNewestFailed>[1]) {
  const { kinds } = await countNewestFailed(ctx.reader, filter, COUNT_LIMIT);
  const all = kinds.reduce((sum, kind) => sum + kind.count, 0);
  return { count: Math.min(all, COUNT_LIMIT), more: all > COUNT_LIMIT };
}

async function choicesOf(ctx: Context, kinds: readonly FailedKind[], visible: VisiblePlaces): Promise<Omit<DeadLetterSummary, 'count'>> {
  const states = await listTargetStates(
    ctx.reader,
    kinds.map(({ targetEntityId: entityId, targetId }) => ({ entityId, targetId })),
  );
  const sums = <Key>(keyOf: (kind: FailedKind) => Key) =>
    [...Map.groupBy(kinds, keyOf)]
      .map(([key, own]) => ({ key, first: own[0]!, count: own.reduce((sum, kind) => sum + kind.count, 0) }))
      .toSorted((a, b) => b.count - a.count);
  return {
    entities: sums(({ entityId }) => entityId).map(({ key, count: n }) => ({
      name: visible.entities.get(key)!.entity.name,
      count: n,
      mayReplay: reachOf(visible, key) !== null,
    })),
    targets: sums(({ targetId }) => targetId).flatMap(({ key, count: n }) => {
      const state = states.get(key);
      return state ? [{ id: targetIdText(state), name: state.name, kind: state.kind, count: n }] : [];
    }),
    automations: sums(({ automationId }) => automationId).map(({ key, first, count: n }) => ({
      id: automationIdText(key),
      name: first.automationName,
      count: n,
    })),
    causes: sums(({ cause }) => cause).map(({ key, count: n }) => ({ cause: key, count: n })),
  };
}
