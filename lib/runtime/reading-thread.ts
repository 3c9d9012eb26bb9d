import { Worker } from 'node:worker_threads';
import { AppError, unavailable } from '#lib/errors.ts';
import type { LongReadInput, LongReadItem, LongReadName, LongReads } from '#lib/services/long-reads.ts';
import type { Answered, Asked, ReadFrom } from './reading-thread-messages.ts';

type Slice = { items: unknown[]; done: boolean };
type Waiting = { resolve: (slice: Slice) => void; reject: (error: unknown) => void };

/** Reads of one kind that go on at the same time; the others wait for their turn. */
const AT_ONCE = 4;
/** Beyond it the thread is replaced: a read that takes so much is a fault, and must not take the server along. */
const MOST_MEMORY_MB = 512;

/**
 * Long reads in one thread of their own with a connection of its own, so that neither their statements nor their work hold
 * up requests. It is started by the first read and again after it broke.
 */
export class ReadingThread implements LongReads {
  readonly #from: ReadFrom;
  readonly #waiting = new Map<number, Waiting>();
  readonly #turns = new Map<LongReadName, { going: number; queue: (() => void)[] }>();
  #worker: Worker | null = null;
  #last = 0;

  constructor(from: ReadFrom) {
    this.#from = from;
  }

  async *read<Name extends LongReadName>(name: Name, input: LongReadInput<Name>): AsyncGenerator<LongReadItem<Name>> {
    await this.#takeTurn(name);
    const id = ++this.#last;
    const worker = this.#started();
    try {
      worker.postMessage({ do: 'begin', id, name, input } satisfies Asked);
      for (let next = this.#next(worker, id); ; ) {
        const { items, done } = await next;
        if (!done) next = this.#next(worker, id); // goes on while the caller takes what is there
        yield* items as LongReadItem<Name>[];
        if (done) return;
      }
    } finally {
      this.#waiting.delete(id);
      worker.postMessage({ do: 'end', id } satisfies Asked);
      this.#passTurn(name);
    }
  }

  /** Half a second of work that the first read then need not wait for. */
  prepare(): void {
    this.#started();
  }

  /** Ends what is being read. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #next(worker: Worker, id: number): Promise<Slice> {
    const slice = new Promise<Slice>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    slice.catch(() => {}); // a caller who has gone does not hear of it
    worker.postMessage({ do: 'next', id } satisfies Asked);
    return slice;
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./reading-thread-entry.ts', import.meta.url), {
      workerData: this.#from,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    worker.unref();
    worker.on('message', (answered: Answered) => this.#take(answered));
    worker.on('error', (error) => this.#lose(worker, error));
    worker.on('exit', () => this.#lose(worker, null));
    this.#worker = worker;
    return worker;
  }

  #take(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    if (answered.kind === 'slice') waiting?.resolve(answered);
    else waiting?.reject(toError(answered.error));
  }

  #lose(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(unavailable('This took more than the server can give. Ask for less.', cause));
    this.#waiting.clear();
  }

  async #takeTurn(name: LongReadName): Promise<void> {
    const turns = this.#turns.get(name) ?? { going: 0, queue: [] };
    this.#turns.set(name, turns);
    if (turns.going < AT_ONCE) turns.going++;
    else await new Promise<void>((resolve) => turns.queue.push(resolve));
  }

  #passTurn(name: LongReadName): void {
    const turns = this.#turns.get(name)!;
    const next = turns.queue.shift();
    if (next) next();
    else turns.going--;
  }
}

function toError({ message, stack, code }: Extract<Answered, { kind: 'failed' }>['error']): Error {
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  return code === undefined ? cause : new AppError(code, message, { cause });
}
