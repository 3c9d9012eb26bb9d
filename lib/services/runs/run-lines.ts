import type { LoggedLine, MetricStream } from '#lib/domain/run-stream.ts';
import type { Db } from '#lib/store/connect.ts';
import { listConsoleLines, type NumberedLine } from '#lib/store/console-lines.ts';
import { findStepAt, listLines } from '#lib/store/metric-lines.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import type { Context } from '../context.ts';
import type { RunPlace } from './find-run.ts';

export type { NumberedLine };
export type LineRange = { stream: MetricStream; minStep?: number; maxStep?: number; limit: number };

const keyOf = ({ run }: RunPlace) => ({ entityId: run.entityId, run: run.id });
const LINES_AT_ONCE = 2000;

/** Lines from `minStep` on and before `maxStep`, as they were logged. */
export async function readLines({ reader }: Context, run: RunPlace, { stream, minStep, maxStep, limit }: LineRange): Promise<LoggedLine[]> {
  const count = stream === 'history' ? run.progress.historyLines : run.progress.systemLines;
  let from = minStep === undefined || minStep <= 0 ? 0 : await firstLineAt(reader, run, stream, minStep, count);
  const found: LoggedLine[] = [];
  while (found.length < limit) {
    const lines = await listLines(reader, keyOf(run), stream, from, Math.min(LINES_AT_ONCE, limit - found.length));
    for (const { logged } of lines) {
      if (maxStep !== undefined && logged.step >= maxStep) return found;
      found.push(logged);
    }
    if (lines.length === 0) break;
    from = lines.at(-1)!.line + 1;
  }
  return found;
}

/** Steps rise with the lines, so halving finds the first line that has reached a step. */
async function firstLineAt(reader: Db, run: RunPlace, stream: MetricStream, step: number, count: number): Promise<number> {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const there = await findStepAt(reader, keyOf(run), stream, middle);
    if (there !== null && there >= step) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Lines spread evenly over the whole run, the first and the last among them. */
export async function sampleLines(ctx: Context, run: RunPlace, stream: MetricStream, samples: number): Promise<LoggedLine[]> {
  const lines = await readLines(ctx, run, { stream, limit: Number.POSITIVE_INFINITY });
  return thin(lines, samples);
}

export type KeySample = { keys: readonly string[]; samples: number } & Pick<LineRange, 'minStep' | 'maxStep'>;

/** The same over those lines alone, of a range of steps, that have every one of the keys. */
export async function sampleKeys(ctx: Context, run: RunPlace, { keys, samples, ...range }: KeySample): Promise<LoggedLine[]> {
  const stream = keys.some((key) => key.startsWith('system.')) ? 'system' : 'history';
  const lines = await readLines(ctx, run, { stream, limit: Number.POSITIVE_INFINITY, ...range });
  const has = ({ values, others, clocks }: LoggedLine, key: string) =>
    key === '_step' || key in values || (others !== undefined && key in others) || (clocks !== undefined && key in clocks);
  return thin(
    lines.filter((line) => keys.every((key) => has(line, key))),
    samples,
  );
}

function thin<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most || most < 2) return items.slice(0, most);
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))]!);
}

export const listMetricsOf = ({ reader }: Context, run: RunPlace): Promise<string[]> => listRunMetrics(reader, keyOf(run));

export const readConsole = ({ reader }: Context, run: RunPlace, fromNumber: number, limit: number): Promise<NumberedLine[]> =>
  listConsoleLines(reader, keyOf(run), fromNumber, limit);
