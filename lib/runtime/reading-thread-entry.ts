import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '#lib/errors.ts';
import { LONG_READS } from '#lib/services/long-reads.ts';
import { openReader, toStoreError } from '#lib/store/connect.ts';
import type { Answered, Asked, ReadFrom } from './reading-thread-messages.ts';

/** How long one read goes on before others get their turn and the caller its items. */
const SLICE_MS = 20;
const MOST_ITEMS = 256;

const { db } = openReader(workerData as ReadFrom);
const reads = new Map<number, AsyncGenerator<unknown>>();
const answer = (answered: Answered) => parentPort!.postMessage(answered);

parentPort!.on('message', (asked: Asked) => {
  if (asked.do === 'begin') reads.set(asked.id, LONG_READS[asked.name](db, asked.input as never));
  else if (asked.do === 'next') void goOn(asked.id);
  else void end(asked.id);
});

async function goOn(id: number): Promise<void> {
  const read = reads.get(id);
  if (!read) return;
  const items: unknown[] = [];
  try {
    for (const since = performance.now(); performance.now() - since < SLICE_MS && items.length < MOST_ITEMS; ) {
      const { done, value } = await read.next();
      if (done) {
        reads.delete(id);
        answer({ kind: 'slice', id, items, done: true });
        return;
      }
      if (value !== null) items.push(value);
    }
    answer({ kind: 'slice', id, items, done: false });
  } catch (fault) {
    reads.delete(id);
    const error = toStoreError(fault) as Error;
    answer({ kind: 'failed', id, error: { message: error.message, stack: error.stack, ...(isAppError(error) && { code: error.code }) } });
  }
}

async function end(id: number): Promise<void> {
  const read = reads.get(id);
  reads.delete(id);
  await read?.return(undefined);
}
