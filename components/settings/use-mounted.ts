'use client';

import { useSyncExternalStore } from 'react';

const neverChanges = () => () => undefined;

/** False on the server and while its page is taken over: for what only the browser knows. */
export const useMounted = () =>
  useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
