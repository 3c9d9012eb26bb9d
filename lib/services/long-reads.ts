import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '#lib/store/connect.ts';
import { judgeRecent } from './backtest/judge-recent.ts';
import { judgeRunOf } from './backtest/judge-run.ts';
import { replayHistory } from './backtest/replay-history.ts';

/**
 * Reads that may take seconds, by name: they run beside the requests (lib/runtime/reading-thread.ts), each over a connection
 * that only reads. What goes in and comes out is copied between threads. A read yields null where it can be put aside.
 */
export const LONG_READS = {
  backtest: replayHistory,
  recent: judgeRecent,
  run: judgeRunOf,
} as const satisfies Record<string, (db: Db, input: never) => AsyncGenerator<unknown>>;

export type LongReadName = keyof typeof LONG_READS;
export type LongReadInput<Name extends LongReadName> = Parameters<(typeof LONG_READS)[Name]>[1];
type Yielded<Read> = Read extends (...given: never[]) => AsyncGenerator<infer Item> ? NonNullable<Item> : never;
export type LongReadItem<Name extends LongReadName> = Yielded<(typeof LONG_READS)[Name]>;

export interface LongReads {
  /** Begins when the first item is asked for, and ends at once where the caller stops asking. */
  read<Name extends LongReadName>(name: Name, input: LongReadInput<Name>): AsyncGenerator<LongReadItem<Name>>;
}

/** In this thread, between other work: where there is no other, as over a database in memory. */
export function readHere(db: Db): LongReads {
  return {
    async *read(name, input) {
      for await (const item of LONG_READS[name](db, input as never)) {
        if (item === null) await nextTurn();
        else yield item as LongReadItem<typeof name>;
      }
    },
  };
}

/** All of a read's items at once, where they are few. */
export async function readAll<Name extends LongReadName>(reads: LongReads, name: Name, input: LongReadInput<Name>) {
  const items: LongReadItem<Name>[] = [];
  for await (const item of reads.read(name, input)) items.push(item);
  return items;
}
