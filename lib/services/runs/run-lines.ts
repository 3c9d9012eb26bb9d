import { setImmediate as nextTurn } from 'node:timers/promises';
import { type LoggedLine, type MetricStream, streamOfMetric } from '#lib/domain/run-stream.ts';
import type { Db } from '#lib/store/connect.ts';
import { listConsoleLines, type NumberedLine } from '#lib/store/console-lines.ts';
import { findStepAt, listLines } from '#lib/store/metric-lines.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import type { Context } from '../context.ts';
import { EvenSample } from './even-sample.ts';
import type { RunPlace } from './find-run.ts';

export type { NumberedLine };
export type LineRange = { stream: MetricStream; minStep?: number; maxStep?: number; limit: number };

const keyOf = ({ run }: RunPlace) => ({ entityId: run.entityId, run: run.id });
const LINES_AT_ONCE = 2000;

/** Lines from `minStep` on and before `maxStep`, as they were logged. */
export async function readLines(ctx: Context, run: RunPlace, range: LineRange): Promise<LoggedLine[]> {
  const lines: LoggedLine[] = [];
  for await (const line of eachLine(ctx, run, range)) lines.push(line);
  return lines;
}

async function* eachLine({ reader }: Context, run: RunPlace, { stream, minStep, maxStep, limit }: LineRange): AsyncGenerator<LoggedLine> {
  const count = stream === 'history' ? run.progress.historyLines : run.progress.systemLines;
  let from = minStep === undefined || minStep <= 0 ? 0 : await firstLineAt(reader, run, stream, minStep, count);
  for (let left = limit; left > 0; ) {
    const lines = await listLines(reader, keyOf(run), stream, from, Math.min(LINES_AT_ONCE, left));
    for (const { logged } of lines) {
      if (maxStep !== undefined && logged.step >= maxStep) return;
      yield logged;
    }
    if (lines.length === 0) return;
    from = lines.at(-1)!.line + 1;
    left -= lines.length;
    await nextTurn(); // a run may have millions
  }
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
  const sample = new EvenSample<LoggedLine>(samples);
  for await (const line of eachLine(ctx, run, { stream, limit: Number.POSITIVE_INFINITY })) sample.add(line);
  return sample.result();
}

export type KeySample = { keys: readonly string[]; samples: number } & Pick<LineRange, 'minStep' | 'maxStep'>;

/** The same over those lines alone, of a range of steps, that have every one of the keys. */
export async function sampleKeys(ctx: Context, run: RunPlace, { keys, samples, ...range }: KeySample): Promise<LoggedLine[]> {
  const stream = keys.some((key) => streamOfMetric(run.run.source, key) === 'system') ? 'system' : 'history';
  const has = ({ values, others, clocks }: LoggedLine, key: string) =>
    key === '_step' || key in values || (others !== undefined && key in others) || (clocks !== undefined && key in clocks);
  const sample = new EvenSample<LoggedLine>(samples);
  for await (const line of eachLine(ctx, run, { stream, limit: Number.POSITIVE_INFINITY, ...range })) {
    if (keys.every((key) => has(line, key))) sample.add(line);
  }
  return sample.result();
}

export const listMetricsOf = ({ reader }: Context, run: RunPlace): Promise<string[]> => listRunMetrics(reader, keyOf(run));

export const readConsole = ({ reader }: Context, run: RunPlace, fromNumber: number, limit: number): Promise<NumberedLine[]> =>
  listConsoleLines(reader, keyOf(run), fromNumber, limit);
