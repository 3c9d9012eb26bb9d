'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserMinus, UserPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { QueryState } from '#components/layout/query-state.tsx';
import { Person } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Select } from '#components/ui/select.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { MENU_COLUMN, Table } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast.ts';
import { registryQueries, removeRegistryMember, setRegistryMember } from '#lib/client/tracking.ts';
import type { RegistryMemberView, RegistryView } from '#lib/contracts/tracking.ts';
import { ROLE_LABELS } from './role-words.ts';

type Member = z.infer<typeof RegistryMemberView>;

const ROLES = [
  { value: 'admin' as const, label: 'Admin', description: 'Also settings and members.' },
  { value: 'member' as const, label: 'Member', description: 'Links versions, changes aliases and tags, makes automations.' },
  { value: 'viewer' as const, label: 'Viewer', description: 'Sees and downloads.' },
  { value: 'restricted_viewer' as const, label: 'Restricted viewer', description: 'Sees, but may not download.' },
];

interface RegistryMembersProps {
  view: RegistryView;
  organization?: string;
  mayEdit: boolean;
}

/** Users and teams with a role of their own in this registry. */
export function RegistryMembers({ view, organization, mayEdit }: RegistryMembersProps) {
  const members = useQuery(registryQueries.members(view.name, organization));
  const [adding, setAdding] = useState(false);
  return (
    <section>
      <SectionHeader
        title="Members"
        note="with a role of their own here"
        end={
          mayEdit && (
            <Button size="sm" onClick={() => setAdding(true)}>
              <UserPlus />
              Add member
            </Button>
          )
        }
      />
      <QueryState query={members} what="The members" loading={<SkeletonText lines={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState size="inline" title="Nobody has a role of their own here">
              {view.visibility === 'restricted'
                ? 'Only the organization’s admins see it until a user or team is added.'
                : `Everyone has the role that ${view.organization} gives them.`}
            </EmptyState>
          ) : (
            <InPieces items={items}>
              {(shown) => <MemberList members={shown} view={view} organization={organization} mayEdit={mayEdit} />}
            </InPieces>
          )
        }
      </QueryState>
      {adding && <AddRegistryMember view={view} organization={organization} onClose={() => setAdding(false)} />}
    </section>
  );
}

function MemberList({ members, view, organization, mayEdit }: RegistryMembersProps & { members: readonly Member[] }) {
  const client = useQueryClient();
  const onError = (error: Error) => void toast.error(error.message);
  const set = useMutation({ ...setRegistryMember(client, view.name, organization), onError });
  const remove = useMutation({ ...removeRegistryMember(client, view.name, organization), onError });
  return (
    <Table
      caption={`Members of ${view.name}`}
      items={members}
      keyOf={(member) => `${member.kind} ${member.name}`}
      columns={[
        {
          head: 'Member',
          cell: (member) =>
            member.kind === 'user' ? (
              <Person name={member.name} />
            ) : (
              <span className="flex min-w-0 items-center gap-2">
                <UsersRound className="text-fg-3" />
                <span className="truncate">{member.name}</span>
                <span className="text-fg-3">team</span>
              </span>
            ),
        },
        {
          head: 'Role',
          width: 184,
          cell: (member) =>
            mayEdit ? (
              <Select
                size="sm"
                aria-label={`Role of ${member.name}`}
                value={member.role}
                options={ROLES}
                onChange={(role) => set.mutate({ ...member, role })}
                className="w-auto! min-w-36"
              />
            ) : (
              ROLE_LABELS[member.role]
            ),
        },
        mayEdit && {
          ...MENU_COLUMN,
          cell: (member) => (
            <IconButton label={`Remove ${member.name}`} size="sm" onClick={() => remove.mutate({ kind: member.kind, name: member.name })}>
              <UserMinus />
            </IconButton>
          ),
        },
      ]}
    />
  );
}

function AddRegistryMember({ view, organization, onClose }: { view: RegistryView; organization?: string; onClose: () => void }) {
  const [member, setMember] = useState<Member>({ kind: 'user', name: '', role: 'member' });
  const [tried, setTried] = useState(false);
  const add = useMutation(setRegistryMember(useQueryClient(), view.name, organization));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Add a member to ${view.name}`}>
      <DialogForm
        onSubmit={() => {
          setTried(true);
          if (member.name.trim()) add.mutate({ ...member, name: member.name.trim() }, { onSuccess: onClose });
        }}
        refusal={add.error?.message}
        submit="Add member"
        pending={add.isPending}
      >
        <Segmented
          aria-label="Kind of member"
          value={member.kind}
          onChange={(kind) => setMember({ ...member, kind })}
          options={[
            { value: 'user', label: 'User' },
            { value: 'team', label: 'Team' },
          ]}
        />
        <Field
          label={member.kind === 'user' ? 'User name' : 'Team name'}
          error={tried && !member.name.trim() ? `Give the ${member.kind}’s name.` : undefined}
        >
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={member.name}
            onChange={(event) => setMember({ ...member, name: event.target.value })}
          />
        </Field>
        <Field label="Role">
          <Select value={member.role} onChange={(role) => setMember({ ...member, role })} options={ROLES} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
