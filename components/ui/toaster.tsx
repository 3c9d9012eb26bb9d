'use client';

import dynamic from 'next/dynamic';
import { usePageUsed } from './use-page-used.ts';

const ToasterRegion = dynamic(() => import('./toaster-region.tsx').then((module) => module.ToasterRegion));

/** Shows toasts. Comes with the first use of the page, so that it is there when the server no longer is. */
export function Toaster() {
  return usePageUsed() && <ToasterRegion />;
}
