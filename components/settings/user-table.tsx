'use client';

import { Bot, KeyRound, Power, PowerOff, Shield, ShieldOff, Trash2 } from 'lucide-react';
import type { z } from 'zod';
import { Person } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, Table } from '#components/ui/table.tsx';
import type { UserView } from '#lib/contracts/organizations.ts';
import { useMe } from './use-me.ts';

export type InstanceUser = z.infer<typeof UserView>;

interface UserTableProps {
  /** Absent while they load. */
  users?: readonly InstanceUser[];
  onUpdate?: (patch: { username: string; admin?: boolean; disabled?: boolean }) => void;
  onReset?: (user: InstanceUser) => void;
  onDelete?: (user: InstanceUser) => void;
}

export function UserTable({ users, onUpdate, onReset, onDelete }: UserTableProps) {
  const me = useMe();
  return (
    <Table
      caption="Users"
      items={users}
      keyOf={(user) => user.username}
      muted={(user) => user.disabled}
      loadingRows={6}
      columns={[
        {
          head: 'User',
          bar: 'w-40',
          cell: (user) => (
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
              <Person name={user.username} />
              {user.username === me?.username && <Badge icon={null}>You</Badge>}
              {user.admin && (
                <Badge tone="accent" icon={<Shield />}>
                  Instance admin
                </Badge>
              )}
              {user.serviceAccountOf && <Badge icon={<Bot />}>Service account of {user.serviceAccountOf}</Badge>}
              {user.disabled && <Badge icon={<PowerOff />}>Disabled</Badge>}
            </span>
          ),
        },
        { head: 'E-mail', width: 220, hide: 'phone', bar: 'w-36', className: 'truncate text-fg-2', cell: (user) => user.email ?? '–' },
        {
          head: 'Created',
          width: 112,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          className: 'text-fg-2',
          cell: (user) => <RelativeTime at={user.createdAt} />,
        },
        {
          ...MENU_COLUMN,
          cell: (user) => (
            <Menu label={`More actions for ${user.username}`} size="sm">
              {!user.serviceAccountOf && (
                <>
                  <MenuItem icon={<KeyRound />} onSelect={() => onReset?.(user)}>
                    Make reset link
                  </MenuItem>
                  <MenuItem
                    icon={user.admin ? <ShieldOff /> : <Shield />}
                    onSelect={() => onUpdate?.({ username: user.username, admin: !user.admin })}
                  >
                    {user.admin ? 'Take instance admin away' : 'Make instance admin'}
                  </MenuItem>
                </>
              )}
              <MenuItem
                icon={user.disabled ? <Power /> : <PowerOff />}
                onSelect={() => onUpdate?.({ username: user.username, disabled: !user.disabled })}
              >
                {user.disabled ? 'Enable' : 'Disable'}
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete?.(user)}>
                Delete
              </MenuItem>
            </Menu>
          ),
        },
      ]}
    />
  );
}
