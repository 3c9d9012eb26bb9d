import { z } from 'zod';
import type { RunDetail, RunView, SeriesView } from '#lib/contracts/tracking.ts';
import { RunStateName, SeriesQuery } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { type MetricSeries, toMetricValue } from '#lib/domain/metric-values.ts';
import type { Run } from '#lib/domain/run.ts';
import { runSeconds } from '#lib/domain/run-facts.ts';
import type { MetricLine } from '#lib/domain/tracked-event.ts';
import { conflict, notFound } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { listLines } from '#lib/store/metric-lines.ts';
import { readSeries } from '#lib/store/metric-series.ts';
import { countRunAlerts } from '#lib/store/run-alerts.ts';
import { countRunFiles } from '#lib/store/run-files.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { findRun, listRuns as listRunRows, type RunWithProgress } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { requirePlace } from '../places/find-place.ts';
import { stopRunByNumber } from '../runs/change-run.ts';
import { getRunAt } from '../runs/find-run.ts';
import { Thinned } from './thinned.ts';

const Address = z.object({ entity: z.string(), project: z.string() });
const RunAddress = Address.extend({ run: z.string() });
const Cursor = z.object({ createdAt: z.number(), id: z.int() });
const SYSTEM = 'system.';

type View = z.output<typeof RunView>;

const toRunView = ({ run, progress }: RunWithProgress, nowMs: number): View => ({
  id: run.runId,
  name: run.name,
  user: run.user,
  state: run.state,
  tags: run.tags,
  group: run.group,
  jobType: run.jobType,
  notes: run.notes || null,
  createdAt: run.createdAt,
  updatedAt: Math.max(run.updatedAt, progress.heartbeatAt, progress.lastValueAt ?? 0),
  finishedAt: run.finishedAt,
  durationSeconds: runSeconds(run, nowMs),
  exitCode: run.exitCode,
  summary: progress.summary,
});

/** Newest first. */
export const listRuns = instanceQuery({
  allow: 'signed_in',
  input: Address.extend(PageQuery.shape).extend({ q: z.string().max(256).optional(), state: RunStateName.optional() }),
  run: async (ctx, { entity, project: name, q, state, limit, after }) => {
    const { project } = await requirePlace(ctx, 'see', { entity, project: name });
    const rows = await listRunRows(
      ctx.db,
      project.entityId,
      project.id,
      { ...(q && { search: q }), ...(state && { state }) },
      { limit: limit + 1, after: parseCursor(Cursor, after) },
    );
    const page = toPage(rows, limit, ({ run: { createdAt, id } }) => ({ createdAt, id }));
    return { ...page, items: page.items.map((row) => toRunView(row, ctx.now())) };
  },
});

async function getRunRow(db: Db, place: { entityId: number; id: number }, runId: string): Promise<RunWithProgress> {
  const found = await findRun(db, place.entityId, place.id, runId);
  if (!found) throw notFound(`The run "${runId}"`);
  return found;
}

export const getRun = instanceQuery({
  allow: 'signed_in',
  input: RunAddress,
  run: async (ctx, { run: runId, ...address }): Promise<z.output<typeof RunDetail>> => {
    const { project, role } = await requirePlace(ctx, 'see', address);
    const found = await getRunRow(ctx.db, project, runId);
    const key = { entityId: found.run.entityId, run: found.run.id };
    const [names, machine, files, alerts] = await Promise.all([
      listRunMetrics(ctx.db, key),
      lastSystemValues(ctx.db, found),
      countRunFiles(ctx.db, key),
      countRunAlerts(ctx.db, key),
    ]);
    return {
      ...toRunView(found, ctx.now()),
      config: found.run.config,
      metrics: names.map((name) => ({ name, last: lastOf(found, name) ?? machine[name] ?? null, system: name.startsWith(SYSTEM) })),
      stopRequested: found.run.stopRequested && found.run.state === 'running',
      origin: originOf(found.run),
      counts: { files, consoleLines: found.progress.consoleLines, alerts },
      role,
    };
  },
});

/** The machine's values come a few to a line and stand in no summary. */
const SYSTEM_LINES = 4;
async function lastSystemValues(db: Db, { run, progress }: RunWithProgress): Promise<MetricLine['values']> {
  const from = Math.max(0, progress.systemLines - SYSTEM_LINES);
  const lines =
    progress.systemLines === 0 ? [] : await listLines(db, { entityId: run.entityId, run: run.id }, 'system', from, SYSTEM_LINES);
  return Object.assign({}, ...lines.map(({ logged }) => logged.values));
}

function originOf({ details }: Run): z.output<typeof RunDetail>['origin'] {
  const known = (['host', 'program', 'commit', 'repo'] as const).filter(
    (name) => typeof details[name] === 'string' && details[name] !== '',
  );
  return Object.fromEntries(known.map((name) => [name, details[name]]));
}

/** The newest value, from the run's summary: literal key first, then nested, as rules read it. */
function lastOf({ progress: { summary } }: RunWithProgress, name: string): number | string | null {
  const literal = Object.hasOwn(summary, name) ? summary[name] : nestedIn(summary, name.split('.'));
  return typeof literal === 'number' || typeof literal === 'string' ? literal : null;
}

function nestedIn(value: unknown, path: string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** Values of some metrics over steps, thinned so that a chart stays true: lowest and highest of each stretch are kept. */
export const getSeries = instanceQuery({
  allow: 'signed_in',
  input: RunAddress.extend(SeriesQuery.shape),
  run: async (ctx, { entity, project: name, run: runId, metric, points }) => {
    const { project } = await requirePlace(ctx, 'see', { entity, project: name });
    const { run } = await getRunRow(ctx.db, project, runId);
    return { series: await Promise.all(metric.slice(0, 20).map((one) => seriesOf(ctx.db, run, one, points))) };
  },
});

async function seriesOf(db: Db, run: Run, metric: string, points: number): Promise<z.output<typeof SeriesView>> {
  const thinned = new Thinned(points);
  // The client keeps the machine's values in a stream of their own; other trackers log them like any metric.
  for (const stream of metric.startsWith(SYSTEM) ? (['history', 'system'] as const) : (['history'] as const)) {
    for await (const chunk of readSeries(db, { entityId: run.entityId, run: run.id }, stream, metric)) addAll(thinned, chunk);
  }
  const { steps, values } = thinned.result();
  return { metric, steps, values: values.map(toMetricValue), total: thinned.total };
}

function addAll(into: Thinned, { steps, values }: MetricSeries): void {
  for (let i = 0; i < values.length; i++) into.add(steps[i]!, values[i]!);
}

/** The training script is told with its next report. A run fed by events is stopped at once: nobody asks for it. */
export async function stopRun(ctx: Context, address: z.input<typeof RunAddress>): Promise<void> {
  const { run } = await getRunAt(ctx, address, 'events:write');
  if (run.state !== 'running') throw conflict(`The run is ${run.state}: there is nothing to stop.`);
  await stopRunByNumber(ctx, run.id);
}
