'use client';

import * as Radix from '@radix-ui/react-tooltip';
import type { ReactElement, ReactNode } from 'react';

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

interface TooltipProps {
  /** The text. A second line goes into `detail`. */
  content: ReactNode;
  detail?: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  open?: boolean;
  children: ReactElement;
}

/** Explains its child on hover and focus. Without content the child stands alone. */
export function Tooltip({ content, detail, side = 'top', open, children }: TooltipProps) {
  if (!content) return children;
  return (
    <Radix.Root open={open}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-w-80 animate-appear rounded-sm bg-fg px-2 py-1.5 text-meta text-panel wrap-anywhere"
        >
          {content}
          {detail && <div className="text-[color-mix(in_srgb,var(--panel)_72%,var(--text))]">{detail}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
