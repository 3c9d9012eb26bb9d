import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        'inline-block min-w-[18px] flex-none rounded-xs border border-line-strong bg-panel px-1 text-center font-sans text-axis text-fg-2',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
