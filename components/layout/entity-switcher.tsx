'use client';

import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Monogram } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/class-names.ts';
import { Menu, MenuLabel, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';

export interface ShellEntity {
  name: string;
  href: string;
  /** Heading it stands under in the list. */
  kind: 'team' | 'user' | 'organization';
}

interface EntitySwitcherProps {
  current: ShellEntity;
  entities: readonly ShellEntity[];
  collapsed?: boolean;
  /** More lines below the list: "Create team". */
  more?: ReactNode;
}

const HEADINGS = [
  { kind: 'team', heading: 'Teams' },
  { kind: 'user', heading: 'Personal' },
  { kind: 'organization', heading: 'Organizations' },
] as const;

/** Whose things are shown. */
export function EntitySwitcher({ current, entities, collapsed, more }: EntitySwitcherProps) {
  const groups = HEADINGS.map((group) => ({ ...group, entries: entities.filter((entity) => entity.kind === group.kind) })).filter(
    (group) => group.entries.length > 0,
  );
  const trigger = (
    <button
      type="button"
      className={cn(
        'flex h-8 min-w-0 items-center gap-2 rounded-sm text-base font-medium hover:bg-hover data-[state=open]:bg-hover',
        collapsed ? 'w-8 justify-center' : 'flex-1 pr-2 pl-1.5',
      )}
    >
      <Monogram name={current.name} />
      <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1 truncate text-left'}>{current.name}</span>
      <span className="sr-only">, switch team</span>
      {!collapsed && <ChevronsUpDown className="size-3.5 text-fg-3" />}
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" className="w-56">
      {groups.map((group, index) => (
        <div key={group.kind}>
          {index > 0 && <MenuSeparator />}
          <MenuLabel>{group.heading}</MenuLabel>
          {group.entries.map((entity) => (
            <MenuLink
              key={entity.href}
              href={entity.href}
              icon={<Monogram name={entity.name} />}
              aria-current={entity.href === current.href || undefined}
            >
              <span className={cn(entity.href === current.href && 'font-medium')}>{entity.name}</span>
            </MenuLink>
          ))}
        </div>
      ))}
      {more && (
        <>
          <MenuSeparator />
          {more}
        </>
      )}
    </Menu>
  );
}
