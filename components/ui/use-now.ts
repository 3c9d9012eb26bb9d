'use client';

import { useEffect, useState } from 'react';

const listeners = new Map<number, Set<() => void>>();

/** The time, again every `everyMs`; one timer for all who ask for the same pace. Null ticks never. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => (everyMs === null ? undefined : subscribe(everyMs, () => setNow(Date.now()))), [everyMs]);
  return now;
}

function subscribe(everyMs: number, tick: () => void): () => void {
  const known = listeners.get(everyMs);
  const ticks = known ?? new Set();
  ticks.add(tick);
  if (!known) {
    listeners.set(everyMs, ticks);
    const timer = setInterval(() => {
      if (ticks.size > 0) for (const each of ticks) each();
      else {
        clearInterval(timer);
        listeners.delete(everyMs);
      }
    }, everyMs);
  }
  return () => ticks.delete(tick);
}
