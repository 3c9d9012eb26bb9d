import { z } from 'zod';
import { ExecutionRow, type ExecutionStreamQuery } from '#lib/contracts/automations.ts';
import { isAppError } from '#lib/errors.ts';
import { type ExecutionListItem, type HistoryFilter, listExecutions, listExecutionsByIds } from '#lib/store/execution-history.ts';
import { currentActor } from '../access.ts';
import type { Context } from '../context.ts';
import { toExecutionRow } from './execution-row.ts';
import { type ExecutionFilters, toHistoryFilter } from './list-executions.ts';
import { takeStream } from './open-streams.ts';

const COMMENT_EVERY_MS = 15_000;
/** With what is remembered of keys and sessions, 3 s, a right that is gone is gone within 5 s, also where another process took it. */
const RIGHTS_EVERY_MS = 2000;
/** What somebody who was away for a moment is told again. */
const CAUGHT_UP = 200;
/** Changes that come together go out together. */
const GATHER_MS = 100;
/** Whoever has so many before him reads too slowly to see what happens: he begins anew, with what is newest. */
const MOST_GATHERED = 5000;

export type StreamOptions = {
  filters: Omit<z.output<typeof ExecutionStreamQuery>, 'within'>;
  withinSeconds: number | undefined;
  lastEventId: string | undefined;
  signal: AbortSignal;
  /** Whether the key or session that opened the stream is still good. */
  isStillSignedIn: () => Promise<boolean>;
};

/** Changed executions as server-sent events, with the reader's rights read again and again; ends when any of them is gone, or he falls behind. */
export async function streamExecutions(ctx: Context, options: StreamOptions): Promise<AsyncIterable<string>> {
  const filter = await readFilter(ctx, options.filters);
  return messages(ctx, options, filter, takeStream(ctx, options.signal));
}

async function* messages(ctx: Context, options: StreamOptions, opened: HistoryFilter | null, giveBack: () => void): AsyncGenerator<string> {
  let filter = opened;
  const changed = new Map<number, Set<string>>();
  let isBehind = false;
  const wake = new Wake(options.signal);
  const unsubscribe = ctx.engine.feed.subscribe(({ entityId, ids }) => {
    if (isBehind || !filter?.ranges.some((range) => range.entityId === entityId)) return;
    const gathered = changed.get(entityId) ?? new Set();
    for (const id of ids) gathered.add(id);
    changed.set(entityId, gathered);
    isBehind = gathered.size > MOST_GATHERED;
    if (isBehind) changed.clear();
    wake.up();
  });
  try {
    yield 'retry: 2000\n\n';
    for (const item of await missed(ctx, filter, options)) yield toMessage(ctx, item);
    let commentAt = ctx.now() + COMMENT_EVERY_MS;
    let rightsAt = ctx.now() + RIGHTS_EVERY_MS;
    while (!options.signal.aborted && !isBehind) {
      await wake.wait(Math.max(0, rightsAt - ctx.now()));
      if (options.signal.aborted) return;
      if (changed.size > 0) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      // Before anything is told.
      if (ctx.now() >= rightsAt) {
        rightsAt = ctx.now() + RIGHTS_EVERY_MS;
        if (!(await options.isStillSignedIn())) return;
        const now = await rightsNow(ctx, options.filters);
        if (now === 'gone' || seesLess(filter, now)) return; // he begins anew, and reads again what he may still see
        filter = now;
      }
      if (changed.size > 0) {
        const gathered = [...changed];
        changed.clear();
        for (const [entityId, ids] of gathered) {
          for (const item of await listExecutionsByIds(ctx.reader, entityId, [...ids]))
            if (matches(item, filter)) yield toMessage(ctx, item);
        }
      }
      if (ctx.now() >= commentAt) {
        commentAt = ctx.now() + COMMENT_EVERY_MS;
        yield ': still here\n\n';
      }
    }
  } finally {
    unsubscribe();
    giveBack();
  }
}

async function readFilter(ctx: Context, filters: ExecutionFilters): Promise<HistoryFilter | null> {
  return toHistoryFilter({ ...ctx, actor: await currentActor(ctx.reader, ctx.actor) }, filters);
}

/** `gone`: the account, or the place that the stream is about. */
async function rightsNow(ctx: Context, filters: ExecutionFilters): Promise<HistoryFilter | null | 'gone'> {
  try {
    return await readFilter(ctx, filters);
  } catch (error) {
    if (!isAppError(error) || error.code === 'unavailable') throw error;
    return 'gone';
  }
}

/** Whether a place that was seen is seen no more. */
function seesLess(before: HistoryFilter | null, now: HistoryFilter | null): boolean {
  if (!before) return false;
  const seen = new Set(now?.ranges.map(({ entityId }) => entityId));
  const hidden = new Set(before.hiddenProjectIds);
  return before.ranges.some(({ entityId }) => !seen.has(entityId)) || (now?.hiddenProjectIds ?? []).some((id) => !hidden.has(id));
}

/** The id is the moment of sending: what changed since then is told again. */
const toMessage = (ctx: Context, item: ExecutionListItem) =>
  `id: ${ctx.now()}\nevent: execution\ndata: ${JSON.stringify(z.encode(ExecutionRow, toExecutionRow(item)))}\n\n`;

/** Of who comes back since the last message, of who comes anew since the page was read, as far as he asks for it. */
async function missed(ctx: Context, filter: HistoryFilter | null, asked: StreamOptions): Promise<ExecutionListItem[]> {
  const since = asked.lastEventId ? Number(asked.lastEventId) : ctx.now() - (asked.withinSeconds ?? 0) * 1000;
  if (!filter || !(asked.lastEventId || asked.withinSeconds) || !Number.isFinite(since)) return [];
  const newest = await listExecutions(ctx.reader, filter, { limit: CAUGHT_UP });
  return newest
    .filter(({ execution }) => execution.finishedAt === null || execution.finishedAt >= since || execution.createdAt >= since)
    .reverse();
}

/** The list's filters, for one row that has changed. */
function matches({ execution }: ExecutionListItem, filter: HistoryFilter | null): boolean {
  if (!filter) return false;
  const { event, action, createdAt } = execution;
  const is = <Value>(wanted: Value | undefined, value: Value | null) => wanted === undefined || wanted === value;
  return (
    filter.ranges.some(({ entityId }) => entityId === execution.entityId) &&
    !filter.hiddenProjectIds?.includes(event.place.projectId) &&
    is(filter.status, execution.status) &&
    is(filter.automationId, execution.automationId) &&
    is(filter.targetId, action.kind === 'nothing' ? null : action.target.targetId) &&
    is(filter.projectId, event.place.projectId) &&
    is(filter.run, 'run' in event ? event.run.id : null) &&
    createdAt >= (filter.sinceMs ?? Number.NEGATIVE_INFINITY) &&
    createdAt < (filter.untilMs ?? Number.POSITIVE_INFINITY)
  );
}

/** Sleeps until something happens, the time is over or the reader has gone. */
class Wake {
  #ring: (() => void) | null = null;
  #rung = false;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.up());
  }

  up(): void {
    this.#rung = true;
    this.#ring?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#ring = null;
    this.#rung = false;
  }
}
