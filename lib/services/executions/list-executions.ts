import { z } from 'zod';
import { ExecutionQuery } from '#lib/contracts/automations.ts';
import { EXECUTION_STATUSES } from '#lib/domain/execution.ts';
import { parseNumberedId } from '#lib/domain/ids.ts';
import { invalidField } from '#lib/errors.ts';
import { countExecutions, type HistoryFilter, listExecutions as listStored } from '#lib/store/execution-history.ts';
import { findRun } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { requirePlace } from '../places/find-place.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { toExecutionRow } from './execution-row.ts';

export type ExecutionFilters = Omit<z.output<typeof ExecutionQuery>, 'limit' | 'after'>;

/** The history of everything that I can see, newest first. */
export const listExecutions = instanceQuery({
  allow: 'signed_in',
  input: ExecutionQuery,
  run: async (ctx, { limit, after, ...filters }) => {
    const filter = await toHistoryFilter(ctx, filters);
    if (!filter) return { items: [] };
    const before = parseCursor(z.object({ createdAt: z.number(), id: z.string() }), after);
    const rows = await listStored(ctx.reader, filter, { limit: limit + 1, ...(before && { before }) });
    const page = toPage(rows, limit, ({ execution: { createdAt, id } }) => ({ createdAt, id }));
    return { ...page, items: page.items.map(toExecutionRow) };
  },
});

/** Counts of the history's tabs, each up to its limit. */
export const countExecutionsByStatus = instanceQuery({
  allow: 'signed_in',
  input: ExecutionQuery.omit({ limit: true, after: true, status: true }),
  run: async (ctx, filters) => {
    const filter = await toHistoryFilter(ctx, filters);
    const count = (status?: HistoryFilter['status']) =>
      filter ? countExecutions(ctx.reader, { ...filter, status }) : Promise.resolve({ count: 0, more: false });
    const [all, ...each] = await Promise.all([count(), ...EXECUTION_STATUSES.map(count)]);
    const byStatus = Object.fromEntries(EXECUTION_STATUSES.map((status, index) => [status, each[index]!]));
    return { all: all!, ...(byStatus as Record<(typeof EXECUTION_STATUSES)[number], { count: number; more: boolean }>) };
  },
});

/** Null where nothing can match: an id that names nothing. */
export async function toHistoryFilter(ctx: Context, filters: ExecutionFilters): Promise<HistoryFilter | null> {
  const visible = await listVisiblePlaces(ctx);
  const filter: HistoryFilter = {
    ranges: visible.entityIds.map((entityId) => ({ entityId })),
    hiddenProjectIds: visible.hiddenProjectIds,
    status: filters.status,
    sinceMs: filters.since === undefined ? undefined : Date.parse(filters.since),
    untilMs: filters.until === undefined ? undefined : Date.parse(filters.until),
  };
  if (filters.automation !== undefined) {
    const id = parseNumberedId('aut', filters.automation);
    if (id === null) return null;
    filter.automationId = id;
  }
  if (filters.webhook !== undefined) {
    const id = parseNumberedId('whk', filters.webhook) ?? parseNumberedId('slk', filters.webhook);
    if (id === null) return null;
    filter.targetId = id;
  }
  if (filters.project === undefined) {
    if (filters.run !== undefined) throw invalidField(['run'], 'Give the run’s project too, as project=entity/name.');
    return filter;
  }
  const slash = filters.project.indexOf('/');
  if (slash < 1) throw invalidField(['project'], 'A project is named entity/project, such as acme/vision.');
  const address = { entity: filters.project.slice(0, slash), project: filters.project.slice(slash + 1) };
  const { project } = await requirePlace(ctx, 'see', address);
  filter.projectId = project.id;
  if (filters.run !== undefined) {
    const held = await findRun(ctx.reader, project.entityId, project.id, filters.run);
    if (!held) return null;
    filter.run = held.run.id;
  }
  return filter;
}
