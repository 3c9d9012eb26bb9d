import { CompiledQuery } from 'kysely';
import { type Db, inTransaction, type Store } from './connect.ts';

type Waiting = { work: (tx: Db) => Promise<unknown>; resolve: (value: never) => void; reject: (error: unknown) => void };

const MOST_TOGETHER = 128;

/**
 * Runs pieces of work in transactions, and answers each after its commit. The embedded database has one writer and pays for
 * every commit, so what waits meanwhile shares the next one; a piece that throws is undone alone. PostgreSQL takes each
 * piece in a transaction of its own.
 */
export class Commits {
  readonly #store: Store;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(store: Store) {
    this.#store = store;
  }

  run<Value>(work: (tx: Db) => Promise<Value>): Promise<Value> {
    if (this.#store.kind === 'postgres') return inTransaction(this.#store.db, work);
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (!this.#isRunning) void this.#runAll();
    });
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    // What arrives in the same turn of the event loop belongs together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MOST_TOGETHER));
    this.#isRunning = false;
  }

  async #commit(pieces: Waiting[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      await this.#store.db.transaction().execute(async (tx) => {
        for (const piece of pieces) answers.push(await runApart(tx, piece));
      });
    } catch (error) {
      for (const { reject } of pieces) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }
}

const SAVEPOINT = CompiledQuery.raw('savepoint piece');
const RELEASE = CompiledQuery.raw('release piece');
const ROLL_BACK = CompiledQuery.raw('rollback to piece');

/** Answers how to answer, once the whole is committed. */
async function runApart(tx: Db, { work, resolve, reject }: Waiting): Promise<() => void> {
  await tx.executeQuery(SAVEPOINT);
  try {
    const value = await work(tx);
    await tx.executeQuery(RELEASE);
    return () => resolve(value as never);
  } catch (error) {
    await tx.executeQuery(ROLL_BACK); // fails where SQLite has rolled back all of it (a full disk): then all pieces fail
    await tx.executeQuery(RELEASE);
    return () => reject(error);
  }
}
