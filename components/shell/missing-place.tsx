'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';

/** The path that leads nowhere, while the page that says so is shown. */
let missingPath: string | null = null;
const listeners = new Set<() => void>();
const readMissing = () => missingPath;

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function setMissing(path: string | null) {
  missingPath = path;
  for (const listener of listeners) listener();
}

export const useMissing = () => useSyncExternalStore(subscribe, readMissing, readMissing);

/** For the page that says so: what leads nowhere is no place to come back to. */
export function MissingPlace() {
  const path = usePathname();
  useEffect(() => {
    setMissing(path);
    return () => setMissing(null);
  }, [path]);
  return null;
}
