import { setImmediate as nextTurn } from 'node:timers/promises';
import { invalid } from '#lib/errors.ts';

/** Ten of the client's longest samples; what they hold is megabytes. */
const MOST_LINES = 200_000;

/** Reads up to so many logged lines. */
export type ReadLines = <Lines>(most: number, read: () => Promise<Lines>) => Promise<Lines>;

/**
 * The reads of one request: one after another, since the fields of a document would all begin at once, and together no more
 * lines than one request may have. Throws `invalid` for more; a read whose time is over does not begin.
 */
export function createLineReads(requireTime: () => void): ReadLines {
  let left = MOST_LINES;
  let before: Promise<unknown> = Promise.resolve();
  return async (most, read) => {
    left -= most;
    if (left < 0)
      throw invalid(`One request reads at most ${MOST_LINES.toLocaleString('en')} logged lines. Ask for fewer runs or samples at once.`);
    const own = before.then(async () => {
      await nextTurn(); // other requests get theirs
      requireTime();
      return read();
    });
    before = own.catch(() => {});
    return own;
  };
}
