'use client';

import { BookOpen, LogOut, Monitor, Moon, Sun, UserCog } from 'lucide-react';
import { useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/class-names.ts';
import { Menu, MenuChoices, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { navItemClass } from './nav-link.tsx';

export interface ShellUser {
  name: string;
  email?: string;
  /** In the current team, as a word: "admin". */
  role?: string;
}

interface UserMenuProps {
  user: ShellUser;
  onSignOut: () => void;
  collapsed?: boolean;
  /** More lines: instance settings for those who may. */
  more?: ReactNode;
}

const THEMES = [
  { value: 'system', label: 'As the system', icon: <Monitor /> },
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
] as const;

export function UserMenu({ user, onSignOut, collapsed, more }: UserMenuProps) {
  const { theme = 'system', setTheme } = useTheme();
  const trigger = (
    <button type="button" className={cn(navItemClass, 'data-[state=open]:bg-hover', collapsed && 'justify-center')}>
      <Avatar name={user.name} />
      <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1 truncate'}>{user.name}</span>
      {user.role && !collapsed && <span className="text-meta font-normal text-fg-3">{user.role}</span>}
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" className="w-56">
      {user.email && <p className="truncate px-2 pt-1 pb-1.5 text-meta text-fg-3">{user.email}</p>}
      <MenuLink href="/settings" icon={<UserCog />}>
        Your settings
      </MenuLink>
      <MenuLink href="/docs/api" icon={<BookOpen />}>
        API reference
      </MenuLink>
      {more}
      <MenuSeparator />
      <MenuChoices label="Theme" value={theme} onChange={setTheme} options={THEMES} />
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
