'use client';

import dynamic from 'next/dynamic';
import { CloseContext } from './dialog.tsx';
import type { SheetProps } from './sheet-window.tsx';
import { useOnceTrue } from './use-once-true.ts';

const SheetWindow = dynamic(() => import('./sheet-window.tsx').then((module) => module.SheetWindow), { ssr: false });

/** A panel over the page, from an edge. Content scrolls; head and foot stay. */
export function Sheet(props: SheetProps) {
  if (!useOnceTrue(props.open)) return null;
  return (
    <CloseContext value={() => props.onOpenChange(false)}>
      <SheetWindow {...props} />
    </CloseContext>
  );
}
