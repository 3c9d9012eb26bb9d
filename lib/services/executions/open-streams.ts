import { limited } from '#lib/errors.ts';
import type { Context } from '../context.ts';

/** A browser needs one, however many its tabs; each reads its rights again every two seconds. */
const MOST_PER_USER = 20;
const ASK_AGAIN_SECONDS = 30;

/** How many each user holds in this process. */
const held = new WeakMap<Context['engine'], Map<number, number>>();

/** Counts a stream of the actor's until it is given back or its reader has gone; throws `limited` when they hold too many. */
export function takeStream({ engine, actor }: Pick<Context, 'engine' | 'actor'>, signal: AbortSignal): () => void {
  if (!('userId' in actor)) return () => {};
  const { userId } = actor;
  const streams = held.get(engine) ?? new Map<number, number>();
  held.set(engine, streams);
  const open = streams.get(userId) ?? 0;
  if (open >= MOST_PER_USER)
    throw limited(`You have ${MOST_PER_USER} streams open, the most that one user may. Close one first.`, ASK_AGAIN_SECONDS);
  streams.set(userId, open + 1);
  let isHeld = true;
  const giveBack = () => {
    if (!isHeld) return;
    isHeld = false;
    const left = streams.get(userId)! - 1;
    if (left > 0) streams.set(userId, left);
    else streams.delete(userId);
  };
  // Who went before the stream began never reads it to its end.
  if (signal.aborted) giveBack();
  else signal.addEventListener('abort', giveBack, { once: true });
  return giveBack;
}
