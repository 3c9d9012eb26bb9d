import { z } from 'zod';
import type { JsonObject } from '#lib/domain/json.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import type { LoggedLine } from '#lib/domain/run-stream.ts';
import { invalid } from '#lib/errors.ts';
import type { RunPlace } from '#lib/services/runs/find-run.ts';
import { listMetricsOf, type NumberedLine, readConsole, readLines, sampleKeys, sampleLines } from '#lib/services/runs/run-lines.ts';
import { cursorNumber, isoTime, type PageArguments, pageSize, toCursorText } from '../connection.ts';
import { parseEventsLine, toLoggedObject } from '../logged-line.ts';
import { parseLooseJson } from '../loose-json.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

const DEFAULT_SAMPLES = 500;
const MAX_SAMPLES = 10_000;
/** What a page of a scan may span: fewer lines than were asked for would be taken for all there are. */
const MAX_STEPS_AT_ONCE = 100_000;

type HistoryArguments = { minStep?: number | null; maxStep?: number | null; samples?: number | null };

const historyText = (line: LoggedLine) => JSON.stringify(toLoggedObject(line, '_step'));
const eventsText = (line: LoggedLine) => JSON.stringify({ _wandb: true, ...toLoggedObject(line, null) });

async function historyOf(run: RunPlace, { minStep, maxStep, samples }: HistoryArguments, ctx: WandbContext) {
  const most = Math.max(1, samples ?? DEFAULT_SAMPLES);
  const range = toRange(minStep, maxStep);
  const limit = range ? requirePage(most) : Math.min(MAX_SAMPLES, most);
  return ctx.readLines(Math.min(limit, run.progress.historyLines), async () => {
    const lines = range ? await readLines(ctx, run, { stream: 'history', ...range, limit }) : await sampleLines(ctx, run, 'history', limit);
    return lines.map(historyText);
  });
}

/** From a step on, and before another; null where neither is given. */
function toRange(minStep: number | null | undefined, maxStep: number | null | undefined) {
  const from = minStep ?? null;
  const to = maxStep ?? null;
  return from === null && to === null ? null : { ...(from !== null && { minStep: from }), ...(to !== null && { maxStep: to }) };
}

function requirePage(steps: number): number {
  if (steps <= MAX_STEPS_AT_ONCE) return steps;
  throw invalid(`A page of a history has at most ${MAX_STEPS_AT_ONCE.toLocaleString('en')} steps. Ask for shorter ones (page_size).`);
}

const Spec = z.object({
  keys: z.array(z.string()).min(1),
  samples: z.number().int().min(1).default(DEFAULT_SAMPLES),
  minStep: z.number().nullish(),
  /** The last step: unlike in a history, it belongs to the range. */
  maxStep: z.number().nullish(),
});

async function sampledHistoryOf(run: RunPlace, { specs }: { specs: string[] }, ctx: WandbContext) {
  const lists: JsonObject[][] = [];
  for (const text of specs) {
    const { keys, samples, minStep, maxStep } = parseInput(Spec, parseSpec(text));
    const range = toRange(minStep, typeof maxStep === 'number' ? maxStep + 1 : null);
    const limit = range ? requirePage(samples) : Math.min(MAX_SAMPLES, samples);
    const read = async () => {
      const lines = await sampleKeys(ctx, run, { keys, samples: limit, ...range });
      return lines.map((line) => pick(toLoggedObject(line, '_step'), line, keys));
    };
    lists.push(await ctx.readLines(Math.min(limit, mostLinesOf(run)), read));
  }
  return lists;
}

const mostLinesOf = ({ progress }: RunPlace) => Math.max(progress.historyLines, progress.systemLines);

function parseSpec(text: string): unknown {
  try {
    return parseLooseJson(text);
  } catch {
    throw invalid('A spec of a sampled history is not JSON.');
  }
}

/** The asked keys of a line; a dotted one may mean a nested value. */
const pick = (logged: JsonObject, { values }: LoggedLine, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.map((key) => [key, logged[key] ?? values[key] ?? null]));

/** What the client asks before it scans a history: every key, and where it ends. */
async function historyKeysOf(run: RunPlace, ctx: WandbContext) {
  const { historyLines, lastStep, summary } = run.progress;
  const metrics = (await listMetricsOf(ctx, run)).filter((name) => !name.startsWith('system.'));
  const typeCount = (type: string) => ({ typeCounts: [{ type, count: historyLines }], monotonic: false });
  const keys: JsonObject = {};
  if (historyLines > 0) for (const clock of ['_step', '_runtime', '_timestamp']) keys[clock] = { ...typeCount('number'), monotonic: true };
  for (const [key, value] of Object.entries(summary)) {
    if (key !== '_wandb' && !(key in keys)) keys[key] = typeCount(typeof value === 'object' ? 'map' : typeof value);
  }
  for (const metric of metrics) keys[metric] = typeCount('number');
  return { sets: [], keys, lastStep: lastStep ?? -1 };
}

/** The newest line of a tail, as it was sent. */
function lastLineOf(tail: string | null): string {
  const [text] = JSON.parse(tail ?? '[]') as string[];
  return text === undefined ? '{}' : JSON.stringify(toLoggedObject(parseEventsLine(text, -1), null));
}

async function logLinesOf(run: RunPlace, { last, ...page }: PageArguments & { last?: number | null }, ctx: WandbContext) {
  const limit = last ? Math.min(MAX_SAMPLES, last) : pageSize(page);
  const after = cursorNumber(page);
  const from = last ? Math.max(0, run.progress.consoleLines - limit) : after === undefined ? 0 : after + 1;
  const lines = await ctx.readLines(Math.min(limit, run.progress.consoleLines), () => readConsole(ctx, run, from, limit + 1));
  const edges = lines.slice(0, limit).map((line) => ({ node: toLogLine(line), cursor: toCursorText(line.number) }));
  return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: lines.length > limit } };
}

const toLogLine = ({ number, at, level, label, content }: NumberedLine) => ({
  number,
  timestamp: at === null ? null : isoTime(at),
  level,
  label,
  line: content,
});

/** Logged lines of a Run: history, system metrics, console. */
export const runLineResolvers: Resolvers = {
  Run: {
    history: (run: RunPlace, args: HistoryArguments, ctx) => historyOf(run, args, ctx),
    events: (run: RunPlace, { samples }: { samples?: number | null }, ctx) => {
      const limit = Math.min(MAX_SAMPLES, samples ?? DEFAULT_SAMPLES);
      return ctx.readLines(Math.min(limit, run.progress.systemLines), async () =>
        (await sampleLines(ctx, run, 'system', limit)).map(eventsText),
      );
    },
    sampledHistory: (run: RunPlace, args: { specs: string[] }, ctx) => sampledHistoryOf(run, args, ctx),
    // Nothing lies in Parquet: the client then reads page by page.
    parquetHistory: () => ({ parquetUrls: [], liveData: [] }),
    historyKeys: (run: RunPlace, _: unknown, ctx) => historyKeysOf(run, ctx),
    systemMetrics: ({ progress }: RunPlace) => lastLineOf(progress.systemTail),
    logLines: (run: RunPlace, args: PageArguments & { last?: number | null }, ctx) => logLinesOf(run, args, ctx),
  },
};
