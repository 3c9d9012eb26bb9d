import { isStoreUnavailable } from '#lib/store/connect.ts';
import type { Log } from './log.ts';

const SAID_EVERY_MS = 10_000;

/** What goes wrong in the engine. A database that is away fails everything at once, again and again: that is one line now and then, and no bug. */
export function createFaultLog(log: Log, now: () => number): (error: unknown, executionId: string | null) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  return (error, executionId) => {
    if (!isStoreUnavailable(error)) {
      log.error({ err: error, ...(executionId !== null && { executionId }) }, 'the engine met a bug');
      return;
    }
    if (now() - saidAt < SAID_EVERY_MS) return;
    saidAt = now();
    log.warn({ err: error }, 'the database cannot be reached or written; what is due waits');
  };
}
