'use client';

import { createContext, use } from 'react';

interface ShellControls {
  openNavigation: () => void;
  /** Absent where there is no palette. */
  openSearch?: () => void;
}

const none: ShellControls = { openNavigation: () => undefined };

export const ShellContext = createContext<ShellControls>(none);

/** Lets a page open the palette or, on small screens, the navigation. */
export const useShell = () => use(ShellContext);
