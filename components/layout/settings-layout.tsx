'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useShowCurrent } from '#components/ui/show-current.ts';
import { findCurrent, type NavEntry, NavLink } from './nav-link.tsx';

interface SettingsLayoutProps {
  label: string;
  sections: readonly NavEntry[];
  children: ReactNode;
}

/** Sections at the left, 208 px; a scrolling line of them on small screens. Put it under a PageHeader, it bleeds by itself. */
export function SettingsLayout({ label, sections, children }: SettingsLayoutProps) {
  const current = findCurrent(
    usePathname(),
    sections.map((section) => section.href),
  );
  const list = useShowCurrent<HTMLElement>(current ?? '');
  return (
    <div className="-mx-4 -mb-6 grid flex-1 grid-cols-[minmax(0,1fr)] border-t border-line sm:-mx-6 sm:-mb-8 lg:min-h-[calc(100dvh-132px)] lg:grid-cols-[var(--w-settings-nav)_minmax(0,1fr)]">
      <nav
        ref={list}
        aria-label={label}
        className="no-scrollbar flex gap-px overflow-x-auto border-line px-4 py-2 max-lg:border-b lg:flex-col lg:border-r lg:py-4 max-lg:[&_a]:w-auto max-lg:[&_a]:px-2.5"
      >
        {sections.map((section) => (
          <NavLink key={section.href} {...section} current={section.href === current} />
        ))}
      </nav>
      <div className="min-w-0 px-4 pb-6 sm:px-6">{children}</div>
    </div>
  );
}

interface SettingsHeaderProps {
  title: string;
  /** One sentence: what this section is for. */
  description?: ReactNode;
  action?: ReactNode;
}

export function SettingsHeader({ title, description, action }: SettingsHeaderProps) {
  return (
    <div className="-mx-4 flex items-start gap-4 border-b border-line px-4 pt-4 pb-3 max-sm:flex-col max-sm:gap-3 sm:-mx-6 sm:px-6">
      <div className="min-w-0 flex-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {description && <p className="text-small text-fg-2">{description}</p>}
      </div>
      {action && <div className="flex flex-none gap-2 max-sm:w-full max-sm:[&>*]:flex-1">{action}</div>}
    </div>
  );
}
