'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';

export interface NavEntry {
  href: string;
  label: string;
  icon: ReactNode;
  count?: number;
  /** How many things there need attention; shown instead of the count. */
  attention?: number;
}

interface NavLinkProps extends NavEntry {
  current?: boolean;
  /** Icon only, the label as tooltip. */
  collapsed?: boolean;
}

export const navItemClass =
  'flex h-[30px] w-full flex-none items-center gap-2 rounded-sm px-2 text-left text-small font-medium text-fg-2 transition-colors duration-fast hover:bg-hover [&_.lucide]:text-fg-3 ' +
  'aria-[current]:bg-pressed aria-[current]:text-fg aria-[current]:[&_.lucide]:text-fg max-lg:h-9';

export function NavLink({ href, label, icon, count, attention, current, collapsed }: NavLinkProps) {
  return (
    <Tooltip content={collapsed ? label : undefined} side="right">
      <Link href={href} aria-current={current ? 'page' : undefined} className={cn(navItemClass, 'relative', collapsed && 'justify-center')}>
        {icon}
        <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1 truncate'}>{label}</span>
        {attention ? <Attention count={attention} collapsed={collapsed} /> : <Count count={count} collapsed={collapsed} />}
      </Link>
    </Tooltip>
  );
}

function Count({ count, collapsed }: { count?: number; collapsed?: boolean }) {
  if (count === undefined || collapsed) return null;
  return <span className="text-meta font-normal text-fg-3 tabular-nums">{count > 1000 ? '1,000+' : count}</span>;
}

function Attention({ count, collapsed }: { count: number; collapsed?: boolean }) {
  if (collapsed) {
    return (
      <span className="absolute top-1 right-2 size-2 rounded-full bg-danger">
        <span className="sr-only">{count} need attention</span>
      </span>
    );
  }
  return (
    <span className="flex items-center gap-1 text-meta font-medium text-danger-text tabular-nums [&_.lucide]:text-current!">
      <TriangleAlert className="size-3 stroke-2" />
      {count}
      <span className="sr-only"> need attention</span>
    </span>
  );
}

/** The entry whose address is the page's or its closest ancestor's. An entry of `/` counts for itself only. */
export function findCurrent(path: string, hrefs: readonly string[]): string | undefined {
  const matching = hrefs.filter((href) => path === href || (href !== '/' && path.startsWith(`${href}/`)));
  return matching.sort((one, other) => other.length - one.length)[0];
}
