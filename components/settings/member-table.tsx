'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bot, LogOut, UserMinus } from 'lucide-react';
import { Person } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select } from '#components/ui/select.tsx';
import { MENU_COLUMN, Table } from '#components/ui/table.tsx';
import { changeRole, type Group } from '#lib/client/organizations.ts';
import type { MemberView } from '#lib/contracts/organizations.ts';
import { ROLE_LABELS, ROLE_OPTIONS } from './role-words.ts';

interface MemberTableProps {
  group: Group;
  /** Absent while they load. */
  members?: readonly MemberView[];
  mayWrite: boolean;
  onRemove?: (member: MemberView) => void;
}

export function MemberTable({ group, members, mayWrite, onRemove }: MemberTableProps) {
  return (
    <Table
      caption={`Members of ${group.name}`}
      rows="two"
      items={members}
      keyOf={(member) => member.username}
      loadingRows={3}
      columns={[
        {
          head: 'Member',
          bar: 'w-40',
          cell: (member) => (
            <>
              <span className="flex min-w-0 items-center gap-2">
                <Person name={member.username} />
                {member.me && <Badge icon={null}>You</Badge>}
                {member.serviceAccount && (
                  <Badge icon={<Bot />} className="max-sm:hidden">
                    Service account
                  </Badge>
                )}
              </span>
              {(member.name !== member.username || member.email) && (
                <span className="block truncate pl-7 text-meta text-fg-3">
                  {[member.name !== member.username && member.name, member.email].filter(Boolean).join(' · ')}
                </span>
              )}
            </>
          ),
        },
        {
          head: 'Role',
          width: 176,
          bar: 'w-20',
          cell: (member) => (mayWrite ? <RoleSelect group={group} member={member} /> : ROLE_LABELS[member.role]),
        },
        {
          head: 'Since',
          width: 124,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          className: 'text-fg-2',
          cell: (member) => <RelativeTime at={member.since} />,
        },
        {
          ...MENU_COLUMN,
          cell: (member) =>
            (mayWrite || member.me) && (
              <Menu label={`More actions for ${member.username}`} size="sm">
                <MenuItem danger icon={member.me ? <LogOut /> : <UserMinus />} onSelect={() => onRemove?.(member)}>
                  {member.me ? `Leave ${group.kind}` : 'Remove'}
                </MenuItem>
              </Menu>
            ),
        },
      ]}
    />
  );
}

/** Changes at once; a refusal, such as for the last admin, stands where the choice was made. */
function RoleSelect({ group, member }: { group: Group; member: MemberView }) {
  const change = useMutation(changeRole(useQueryClient(), group));
  const shown = change.isPending ? change.variables.role : member.role;
  return (
    <>
      <Select
        size="sm"
        aria-label={`Role of ${member.username}`}
        value={shown === 'restricted_viewer' ? 'viewer' : shown}
        onChange={(role) => change.mutate({ username: member.username, role })}
        options={ROLE_OPTIONS}
        className="w-auto! min-w-28"
      />
      {change.error && (
        <span className="mt-1 block">
          <FieldError>{change.error.message}</FieldError>
        </span>
      )}
    </>
  );
}
