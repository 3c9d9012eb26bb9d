'use client';

import { Folder, House, LibraryBig, PanelLeft, Settings, Zap } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { BrandMark } from './brand-mark.tsx';
import { EntitySwitcher, type ShellEntity } from './entity-switcher.tsx';
import { findCurrent, type NavEntry, NavLink } from './nav-link.tsx';
import { type ShellUser, UserMenu } from './user-menu.tsx';

export interface RecentPlace {
  label: string;
  href: string;
  kind: 'project' | 'registry';
}

export interface SidebarProps {
  user: ShellUser;
  onSignOut: () => void;
  /** More lines of the user menu. */
  userMenu?: ReactNode;
  entity: ShellEntity;
  entities: readonly ShellEntity[];
  /** More lines of the entity switcher. */
  entityMenu?: ReactNode;
  links: { home: string; automations: string; projects: string; registry: string; settings: string };
  counts?: { attention?: number; automations?: number };
  recent?: readonly RecentPlace[];
}

interface Collapsible {
  collapsed?: boolean;
  /** Absent in the drawer, which is never collapsed. */
  onCollapse?: () => void;
}

const PLACE_ICON = { project: <Folder />, registry: <LibraryBig /> };

export function Sidebar({
  user,
  onSignOut,
  userMenu,
  entity,
  entities,
  entityMenu,
  links,
  counts,
  recent = [],
  collapsed,
  onCollapse,
}: SidebarProps & Collapsible) {
  const main: NavEntry[] = [
    { href: links.home, label: 'Home', icon: <House />, attention: counts?.attention },
    { href: links.automations, label: 'Automations', icon: <Zap />, count: counts?.automations },
    { href: links.projects, label: 'Projects', icon: <Folder /> },
    { href: links.registry, label: 'Registry', icon: <LibraryBig /> },
  ];
  const places = recent.map(({ label, href, kind }) => ({ href, label, icon: PLACE_ICON[kind] }));
  const settings: NavEntry = { href: links.settings, label: 'Team settings', icon: <Settings /> };
  const current = findCurrent(
    usePathname(),
    [...main, ...places, settings].map((entry) => entry.href),
  );
  return (
    <div className={cn('flex h-full flex-col overflow-x-hidden overflow-y-auto px-2 pb-2', collapsed && 'items-center')}>
      <div className="flex h-topbar w-full flex-none items-center gap-0.5">
        {!collapsed && (
          <Link
            href={links.home}
            aria-label="Hookline home"
            className="grid size-8 flex-none place-items-center rounded-sm text-accent-text hover:bg-hover"
          >
            <BrandMark />
          </Link>
        )}
        <span className={cn('flex min-w-0 flex-1', collapsed && 'justify-center')}>
          <EntitySwitcher current={entity} entities={entities} collapsed={collapsed} more={entityMenu} />
        </span>
      </div>
      <NavList label="Main" entries={main} current={current} collapsed={collapsed} />
      {places.length > 0 && (
        <>
          {collapsed ? <hr className="my-3 w-6 border-line" /> : <p className="mt-4 mb-1 px-2 text-meta font-medium text-fg-3">Recent</p>}
          <NavList label="Recent" entries={places} current={current} collapsed={collapsed} />
        </>
      )}
      <div className="mt-auto flex w-full flex-col gap-px pt-4">
        <NavList label="Settings" entries={[settings]} current={current} collapsed={collapsed} />
        <div className={cn('flex items-center gap-px', collapsed && 'flex-col-reverse')}>
          <span className={collapsed ? 'w-full' : 'min-w-0 flex-1'}>
            <UserMenu user={user} onSignOut={onSignOut} collapsed={collapsed} more={userMenu} />
          </span>
          {onCollapse && (
            <IconButton label={collapsed ? 'Expand sidebar' : 'Collapse sidebar'} size="sm" tooltipSide="right" onClick={onCollapse}>
              <PanelLeft />
            </IconButton>
          )}
        </div>
      </div>
    </div>
  );
}

interface NavListProps {
  label: string;
  entries: readonly NavEntry[];
  current?: string;
  collapsed?: boolean;
}

function NavList({ label, entries, current, collapsed }: NavListProps) {
  return (
    <nav aria-label={label} className="flex w-full flex-col gap-px">
      {entries.map((entry) => (
        <NavLink key={entry.href} {...entry} current={entry.href === current} collapsed={collapsed} />
      ))}
    </nav>
  );
}
