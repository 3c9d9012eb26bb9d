import { CompiledQuery } from 'kysely';
import { type Db, inTransaction, type Store } from './connect.ts';

type Waiting = {
  work: (tx: Db) => Promise<unknown>;
  answerAt: AnswerAt;
  onCommit: OnCommit | undefined;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
};

/** `disk`: a loss of power does not undo it. `commit`: the disk has it moments later, for what may as well be done again. */
export type AnswerAt = 'disk' | 'commit';

/** Told at the commit, with when the disk has it unless it has it already: for what may begin meanwhile. */
export type OnCommit = (onDisk?: Promise<void>) => void;

const MOST_TOGETHER = 128;

/**
 * Runs pieces of work in transactions, and answers each after its commit. The embedded database has one writer, so what waits
 * meanwhile shares the next commit, and commits share the wait for the disk, which holds nobody else up; a piece that throws
 * is undone alone. PostgreSQL takes each piece in a transaction of its own.
 */
export class Commits {
  readonly #store: Store;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(store: Store) {
    this.#store = store;
  }

  run<Value>(work: (tx: Db) => Promise<Value>, answerAt: AnswerAt = 'disk', onCommit?: OnCommit): Promise<Value> {
    if (this.#store.kind === 'postgres') return this.#runAlone(work, answerAt, onCommit);
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.push({ work, answerAt, onCommit, resolve, reject });
      if (!this.#isRunning) void this.#runAll();
    });
  }

  async #runAlone<Value>(work: (tx: Db) => Promise<Value>, answerAt: AnswerAt, onCommit?: OnCommit): Promise<Value> {
    const value = await inTransaction(this.#store.db, answerAt === 'disk' ? work : withoutWaiting(work));
    onCommit?.();
    return value;
  }

  /**
   * Each piece in a transaction that no other's failure undoes: at once where they share the commit, else one after another,
   * as pieces that keep something in memory expect of each other.
   */
  async runEach<Item, Value>(items: readonly Item[], work: (item: Item) => Promise<Value>): Promise<PromiseSettledResult<Value>[]> {
    if (this.#store.kind === 'sqlite') return Promise.allSettled(items.map(work));
    const results: PromiseSettledResult<Value>[] = [];
    for (const item of items) results.push(...(await Promise.allSettled([work(item)])));
    return results;
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    // What arrives in the same turn of the event loop belongs together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MOST_TOGETHER));
    this.#isRunning = false;
  }

  async #commit(pieces: Waiting[]): Promise<void> {
    const { db, unflushed } = this.#store;
    const transaction = unflushed?.transaction ?? ((work) => inTransaction(db, work));
    const outcomes: Outcome[] = [];
    try {
      await transaction(async (tx) => {
        for (const piece of pieces) outcomes.push(await runApart(tx, piece));
      });
    } catch (error) {
      for (const { reject } of pieces) reject(error);
      return;
    }
    const onDisk = unflushed?.disk.flush();
    onDisk?.catch(() => {}); // those who wait for it are told
    for (const [index, { answerAt, onCommit, resolve, reject }] of pieces.entries()) {
      const outcome = outcomes[index]!;
      if ('error' in outcome) {
        reject(outcome.error);
        continue;
      }
      try {
        onCommit?.(onDisk);
      } catch (error) {
        reject(error); // the writer goes on, whoever was told
        continue;
      }
      if (answerAt === 'commit' || !onDisk) resolve(outcome.value);
      else onDisk.then(() => resolve(outcome.value), reject);
    }
  }
}

/** https://www.postgresql.org/docs/current/wal-async-commit.html: on the disk within three times `wal_writer_delay`. */
const withoutWaiting =
  <Value>(work: (tx: Db) => Promise<Value>) =>
  async (tx: Db) => {
    await tx.executeQuery(NO_WAIT);
    return work(tx);
  };

const NO_WAIT = CompiledQuery.raw('set local synchronous_commit = off');

type Outcome = { value: never } | { error: unknown };

const SAVEPOINT = CompiledQuery.raw('savepoint piece');
const RELEASE = CompiledQuery.raw('release piece');
const ROLL_BACK = CompiledQuery.raw('rollback to piece');

async function runApart(tx: Db, { work }: Waiting): Promise<Outcome> {
  await tx.executeQuery(SAVEPOINT);
  try {
    const value = (await work(tx)) as never;
    await tx.executeQuery(RELEASE);
    return { value };
  } catch (error) {
    await tx.executeQuery(ROLL_BACK); // fails where SQLite has rolled back all of it (a full disk): then all pieces fail
    await tx.executeQuery(RELEASE);
    return { error };
  }
}
