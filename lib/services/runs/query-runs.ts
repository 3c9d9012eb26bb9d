import { checkQuery } from '#lib/domain/check-query.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { queryField, readField, runDocument } from '#lib/domain/query-fields.ts';
import { matchesQuery } from '#lib/domain/query-filter.ts';
import { toRunFacts } from '#lib/domain/run-facts.ts';
import { invalid } from '#lib/errors.ts';
import { countRuns, findRunByNumber, listRuns, type RunWithProgress } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';
import type { ProjectPlace } from '../places/find-place.ts';
import type { RunPlace } from './find-run.ts';

const RUNS_AT_ONCE = 500;

export type RunsQuery = {
  /** The client's language; empty takes every run. */
  filters: JsonObject;
  /** `+created_at`, `-summary_metrics.loss`; oldest first where nothing is said. */
  order: string;
  limit: number;
  /** The number of the last run of the page before. */
  afterRun?: number;
};

export type RunsPage = { runs: RunPlace[]; hasMore: boolean };

/** A project's runs that match, in order. Times of making come page by page; every other order looks at all runs first. */
export async function queryRuns(ctx: Context, at: ProjectPlace, query: RunsQuery): Promise<RunsPage> {
  requireReadable(query.filters);
  const { descending, field } = parseOrder(query.order);
  const found: RunWithProgress[] = [];
  if (field === null) {
    for await (const run of matching(ctx, at, query, !descending, await startOf(ctx, at, query))) {
      found.push(run);
      if (found.length > query.limit) break;
    }
  } else {
    for await (const run of matching(ctx, at, query, true, undefined)) found.push(run);
    const keyOf = (run: RunWithProgress) => readField(documentOf(run, ctx), field).find((value) => value !== undefined);
    const keyed = found.map((run) => ({ run, key: keyOf(run) }));
    keyed.sort((a, b) => (descending ? -1 : 1) * compare(a.key, b.key) || a.run.run.id - b.run.run.id);
    const start = query.afterRun === undefined ? 0 : keyed.findIndex(({ run }) => run.run.id === query.afterRun) + 1;
    found.splice(0, found.length, ...keyed.slice(start, start + query.limit + 1).map(({ run }) => run));
  }
  return { runs: found.slice(0, query.limit).map((run) => ({ ...run, at })), hasMore: found.length > query.limit };
}

export async function countMatchingRuns(ctx: Context, at: ProjectPlace, filters: JsonObject): Promise<number> {
  requireReadable(filters);
  if (Object.keys(filters).length === 0) return countRuns(ctx.reader, at.entity.id, at.project.id);
  let count = 0;
  for await (const _ of matching(ctx, at, { filters }, true, undefined)) count++;
  return count;
}

function requireReadable(filters: JsonObject): void {
  const problems = checkQuery(filters, 'run');
  if (problems.length > 0) throw invalid(problems[0]!.message, problems);
}

const documentOf = (run: RunWithProgress, ctx: Context): JsonObject => ({
  ...runDocument(toRunFacts(run, ctx.now())),
  heartbeat_at: run.progress.heartbeatAt,
  heartbeatAt: run.progress.heartbeatAt,
});

type Position = { createdAt: number; id: number };

async function* matching(
  ctx: Context,
  { entity, project }: ProjectPlace,
  { filters }: Pick<RunsQuery, 'filters'>,
  oldestFirst: boolean,
  after: Position | undefined,
) {
  const takesAll = Object.keys(filters).length === 0;
  for (let position = after; ; ) {
    const page = { limit: RUNS_AT_ONCE, oldestFirst, ...(position && { after: position }) };
    const rows = await listRuns(ctx.reader, entity.id, project.id, {}, page);
    for (const row of rows) if (takesAll || matchesQuery(filters, documentOf(row, ctx), 'run')) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < RUNS_AT_ONCE) return;
    position = { createdAt: last.run.createdAt, id: last.run.id };
  }
}

async function startOf(ctx: Context, { entity }: ProjectPlace, { afterRun }: RunsQuery): Promise<Position | undefined> {
  if (afterRun === undefined) return undefined;
  const last = await findRunByNumber(ctx.reader, entity.id, afterRun);
  if (!last) throw invalid('The run at the end of the page before is gone. Begin at the start.');
  return { createdAt: last.run.createdAt, id: last.run.id };
}

/** A null field is the time of making, by which runs are stored. */
function parseOrder(order: string) {
  const descending = order.startsWith('-');
  const name = order.replace(/^[+-]/, '');
  if (name === '' || name === 'created_at' || name === 'createdAt') return { descending, field: null };
  const field = queryField('run', name) ?? (/^heartbeat_?[aA]t$/.test(name) ? { kind: 'plain' as const, name: 'heartbeat_at' } : null);
  if (!field) throw invalid(`Runs cannot be ordered by "${name}".`);
  return { descending, field };
}

/** Missing values first, numbers before text. */
function compare(a: JsonValue | undefined, b: JsonValue | undefined): number {
  const rank = (value: JsonValue | undefined) => (value === undefined || value === null ? 0 : typeof value === 'number' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
