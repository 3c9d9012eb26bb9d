'use client';

import * as Radix from '@radix-ui/react-tabs';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useShowCurrent } from './show-current.ts';

const LIST = 'no-scrollbar flex overflow-x-auto overflow-y-hidden border-b border-line';
const TAB =
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
          className={TAB}
          aria-current={(tab.current ?? tab.href.split('?')[0] === path) ? 'page' : undefined}
        >
          {tab.label}
          {tab.count !== undefined && <Count>{tab.count}</Count>}
        </Link>
      ))}
    </nav>
  );
}

export interface Tab {
  value: string;
  label: string;
  count?: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  /** At the end of the tabs' line: a copy button, a note. */
  end?: ReactNode;
  /** In the head of a panel: narrower, on the panel's padding. */
  panel?: boolean;
  className?: string;
}

/** Tabs within a page or panel. */
export function Tabs({ label, tabs, value, defaultValue, onChange, end, panel, className }: TabsProps) {
  return (
    <Radix.Root value={value} defaultValue={defaultValue ?? tabs[0]?.value} onValueChange={onChange} className={className}>
      <div className={cn('flex items-center gap-2', panel ? 'border-b border-line pr-1 pl-3' : 'border-b border-line')}>
        <Radix.List
          aria-label={label}
          className={cn('no-scrollbar -mb-px flex min-w-0 overflow-x-auto overflow-y-hidden', panel ? 'gap-3.5' : 'gap-5')}
        >
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.value} value={tab.value} className={TAB}>
              {tab.label}
              {tab.count !== undefined && <Count>{tab.count}</Count>}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end && <span className="ml-auto flex flex-none items-center gap-1 text-meta text-fg-2">{end}</span>}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="focus-visible:-outline-offset-2">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

function Count({ children }: { children: ReactNode }) {
  return <span className="font-normal text-fg-3 tabular-nums">{children}</span>;
}
