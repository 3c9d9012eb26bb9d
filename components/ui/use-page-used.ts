'use client';

import { useEffect, useState } from 'react';

/** Whoever is there begins with one of these. */
const BEGINNINGS = ['pointermove', 'pointerdown', 'keydown', 'click', 'wheel'];

/** Whether somebody has moved, pressed or typed anything on this page: time for what its first paint does without. */
export function usePageUsed(): boolean {
  const [used, setUsed] = useState(false);
  useEffect(() => {
    if (used) return;
    const listening = new AbortController();
    for (const name of BEGINNINGS)
      document.addEventListener(name, () => setUsed(true), { capture: true, passive: true, signal: listening.signal });
    return () => listening.abort();
  }, [used]);
  return used;
}
