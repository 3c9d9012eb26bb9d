'use client';

import { ArrowLeft, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { IconButton } from '#components/ui/icon-button.tsx';

interface ListWithDrawerProps {
  list: ReactNode;
  /** Null while nothing is open. */
  drawer: ReactNode | null;
}

/** A list and, docked beside it from 1280 px on, what was opened of it; below, that is a page of its own. Use in a `full` Page. */
export function ListWithDrawer({ list, drawer }: ListWithDrawerProps) {
  if (!drawer) return <div className="min-w-0 flex-1">{list}</div>;
  return (
    <div className="grid flex-1 grid-cols-[minmax(0,1fr)] 2xl:grid-cols-[minmax(0,1fr)_var(--w-drawer)]">
      <div className="min-w-0 max-2xl:hidden">{list}</div>
      {drawer}
    </div>
  );
}

interface DrawerProps {
  label: string;
  onClose: () => void;
  /** At the left of the bar: previous, next, the id. */
  start?: ReactNode;
  /** At the right, before Close: actions. */
  actions?: ReactNode;
  children: ReactNode;
}

/** Its bar stays while the content scrolls; Escape closes it unless something in it has taken the key. */
export function Drawer({ label, onClose, start, actions, children }: DrawerProps) {
  useEscape(onClose);
  return (
    <section
      aria-label={label}
      className="z-2 min-w-0 border-line-strong 2xl:surface-raised 2xl:animate-from-right 2xl:border-l 2xl:shadow-drawer"
    >
      <h1 className="sr-only 2xl:hidden">{label}</h1>
      <div className="2xl:sticky 2xl:top-topbar 2xl:flex 2xl:h-[calc(100dvh-var(--h-topbar))] 2xl:flex-col">
        <div className="flex h-12 flex-none items-center gap-1 border-b border-line px-2 sm:pr-3 sm:pl-4">
          <IconButton label="Back to the list" onClick={onClose} className="2xl:hidden">
            <ArrowLeft />
          </IconButton>
          <span className="flex min-w-0 items-center gap-1">{start}</span>
          <span className="ml-auto flex flex-none items-center gap-1">
            {actions}
            <IconButton label="Close" onClick={onClose} className="max-2xl:hidden">
              <X />
            </IconButton>
          </span>
        </div>
        <div className={cn('flex min-h-0 flex-1 flex-col gap-5 px-4 pt-4 pb-6 sm:px-6', '2xl:overflow-y-auto')}>{children}</div>
      </div>
    </section>
  );
}

function useEscape(act: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const elsewhere = document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]');
      if (event.key === 'Escape' && !event.defaultPrevented && !elsewhere) act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [act]);
}
