'use client';

import { useSyncExternalStore } from 'react';

const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);
const neverChanges = () => () => undefined;

/** What opens the search on this keyboard, as it is printed there. */
export function useSearchKey(): string {
  const apple = useSyncExternalStore(neverChanges, isApple, () => true);
  return apple ? '⌘K' : 'Ctrl K';
}
