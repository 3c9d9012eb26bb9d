import type { MetricStream } from '#lib/domain/run-stream.ts';
import type { Commits } from '#lib/store/commits.ts';
import { compactChunks, type RunKey } from '#lib/store/metric-chunks.ts';
import { lockRun } from '#lib/store/runs.ts';

/** What a batch, or a run's end, has made of a stream of lines. */
export type Growth = RunKey & {
  stream: MetricStream;
  /** How many lines were there before, and are there now. */
  before: number;
  after: number;
  /** How many metrics a line has, more or less. */
  width: number;
  ended: boolean;
};

export type Stretch = { from: number; to: number; apart: boolean };

/** Batches are put together at each of these lines, so that a run has at most so many small chunks. */
const SHORT_LINES = 512;
/** Then columns are put apart, in chunks of so many lines, fewer where lines are wide: what one transaction writes stays small. */
const LONG_LINES = 8192;
const LONG_VALUES = 512 * 1024;

/** Which chunks should become one, if any. */
export function stretchToCompact({ before, after, width, ended }: Omit<Growth, keyof RunKey | 'stream'>): Stretch | null {
  const fitting = 2 ** Math.floor(Math.log2(LONG_VALUES / Math.max(1, width)));
  const long = Math.max(SHORT_LINES, Math.min(LONG_LINES, fitting));
  const upTo = (lines: number, length: number) => Math.floor(lines / length) * length;
  if (ended) {
    const from = upTo(after, long);
    return from < after ? { from, to: after, apart: after - from > SHORT_LINES } : null;
  }
  for (const length of [long, SHORT_LINES]) {
    const [from, to] = [upTo(before, length), upTo(after, length)];
    if (from < to) return { from, to, apart: length === long };
  }
  return null;
}

/**
 * Makes few long chunks of a run's many short ones, in transactions of its own after those that brought the lines. What is not
 * done when the process ends is done with the run's next stretch; readers see the same lines all the time.
 */
export class Compactor {
  readonly #commits: Commits;
  readonly #onFault: (error: unknown) => void;
  readonly #waiting: (RunKey & { stream: MetricStream; stretch: Stretch })[] = [];
  #running: Promise<void> | null = null;

  constructor(commits: Commits, onFault: (error: unknown) => void) {
    this.#commits = commits;
    this.#onFault = onFault;
  }

  /** After the commit of what grew. */
  note(grown: readonly Growth[]): void {
    for (const { entityId, run, stream, ...growth } of grown) {
      const stretch = stretchToCompact(growth);
      if (stretch) this.#waiting.push({ entityId, run, stream, stretch });
    }
    if (this.#waiting.length > 0) this.#running ??= this.#runAll();
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  /** Finishes what it has in hand and leaves the rest. */
  async stop(): Promise<void> {
    this.#waiting.length = 0;
    await this.#running;
  }

  async #runAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { stream, stretch, ...key } = next;
      try {
        await this.#commits.run(async (tx) => {
          if (await lockRun(tx, key)) await compactChunks(tx, key, stream, stretch);
        });
      } catch (error) {
        this.#onFault(error);
      }
    }
    this.#running = null;
  }
}
