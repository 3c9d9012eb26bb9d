'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useShowCurrent } from './show-current.ts';

const LIST = 'no-scrollbar flex overflow-x-auto overflow-y-hidden border-b border-line';
/** How one tab looks. */
export const tabClass =
  'relative inline-flex h-9 flex-none items-center gap-1.5 whitespace-nowrap text-small font-medium text-fg-2 transition-colors duration-fast hover:text-fg focus-visible:rounded-xs focus-visible:-outline-offset-2 ' +
  'after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-t-[1px] aria-[current]:text-fg aria-[current]:after:bg-accent aria-selected:text-fg aria-selected:after:bg-accent';

export interface TabLink {
  href: string;
  label: string;
  count?: ReactNode;
  /** Without it, the tab whose path is the page's is current. */
  current?: boolean;
}

interface TabLinksProps {
  label: string;
  tabs: readonly TabLink[];
  /** The list runs to the page's edges. */
  bleed?: boolean;
  className?: string;
}

/** Tabs that are pages. */
export function TabLinks({ label, tabs, bleed = true, className }: TabLinksProps) {
  const path = usePathname();
  const list = useShowCurrent<HTMLElement>(path);
  return (
    <nav ref={list} aria-label={label} className={cn(LIST, 'gap-5', bleed && '-mx-4 px-4 sm:-mx-6 sm:px-6', className)}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          className={tabClass}
          aria-current={(tab.current ?? tab.href.split('?')[0] === path) ? 'page' : undefined}
        >
          {tab.label}
          {tab.count !== undefined && <TabCount>{tab.count}</TabCount>}
        </Link>
      ))}
    </nav>
  );
}

/** How many lie behind a tab. */
export function TabCount({ children }: { children: ReactNode }) {
  return <span className="font-normal text-fg-3 tabular-nums">{children}</span>;
}
