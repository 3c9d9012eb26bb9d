'use client';

import { createContext, use } from 'react';

interface ShellControls {
  openNavigation: () => void;
  /** Absent where there is no palette. */
  openSearch?: () => void;
  /** The name of the entity that the switcher shows. */
  entity?: string;
}

const none: ShellControls = { openNavigation: () => undefined };

export const ShellContext = createContext<ShellControls>(none);

/** Lets a page open the palette or, on small screens, the navigation, and know whose things the frame shows. */
export const useShell = () => use(ShellContext);
