'use client';

import dynamic from 'next/dynamic';
import { Suspense } from 'react';
import { usePageUsed } from './use-page-used.ts';

const ToasterRegion = dynamic(() => import('./toaster-region.tsx').then((module) => module.ToasterRegion));

/** Shows toasts. Comes with the first use of the page, so that it is there when the server no longer is. */
export function Toaster() {
  const used = usePageUsed();
  // Without a boundary of its own, its coming would hold up all that the page has to show: the first letters that are typed.
  return <Suspense>{used && <ToasterRegion />}</Suspense>;
}
