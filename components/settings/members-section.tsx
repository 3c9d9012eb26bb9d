'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { type Group, organizationQueries, removeMember } from '#lib/client/organizations.ts';
import type { MemberView } from '#lib/contracts/organizations.ts';
import { judge, type Role } from '#lib/domain/permissions.ts';
import { MemberTable } from './member-table.tsx';
import { PendingInvites } from './pending-invites.tsx';

const AddMember = dynamic(() => import('./add-member.tsx').then((module) => module.AddMember));
const InviteDialog = dynamic(() => import('./invite-dialog.tsx').then((module) => module.InviteDialog));

interface MembersSectionProps {
  group: Group;
  role: Role | null;
  /** Manages it from above: as admin of its organization or of the instance. */
  manages: boolean;
}

/** Who is in a team or organization, with which role, and who was invited. */
export function MembersSection({ group, role, manages }: MembersSectionProps) {
  const members = useQuery(organizationQueries.members(group));
  const [open, setOpen] = useState<'invite' | 'add' | null>(null);
  const [removing, setRemoving] = useState<MemberView | null>(null);
  const mayWrite = judge({ role, manages }, 'members:write') === 'allowed';
  return (
    <>
      <SettingsHeader
        title="Members"
        description={
          group.kind === 'team'
            ? `Who works in ${group.name}. Being put into a team makes a user a member of its organization too.`
            : `Who belongs to ${group.name}. Registries take these roles unless they have their own.`
        }
        action={
          mayWrite && (
            <>
              <Button onClick={() => setOpen('add')}>Add a user</Button>
              <Button variant="primary" onClick={() => setOpen('invite')}>
                <UserPlus />
                Invite by link
              </Button>
            </>
          )
        }
      />
      <QueryState query={members} what="The members" loading={<MemberTable group={group} mayWrite={mayWrite} />}>
        {({ items }) => (
          <InPieces items={items} count={items.length === 1 ? '1 member' : `${items.length} members`}>
            {(shown) => <MemberTable group={group} members={shown} mayWrite={mayWrite} onRemove={setRemoving} />}
          </InPieces>
        )}
      </QueryState>
      {mayWrite && <PendingInvites group={group} />}
      {open === 'invite' && <InviteDialog group={group} onClose={() => setOpen(null)} />}
      {open === 'add' && <AddMember group={group} onClose={() => setOpen(null)} />}
      {removing && <RemoveMember group={group} member={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function RemoveMember({ group, member, onClose }: { group: Group; member: MemberView; onClose: () => void }) {
  const router = useRouter();
  const remove = useMutation(removeMember(useQueryClient(), group));
  const { username, me } = member;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={me ? `Leave ${group.name}?` : `Remove ${username} from ${group.name}?`}
      description={
        me
          ? 'You lose your rights here within 5 seconds; an admin can invite you again. Automations you made stay.'
          : 'The rights end within 5 seconds, for sessions and API keys alike. Automations that this user made stay and go on firing.'
      }
      confirmLabel={me ? `Leave ${group.kind}` : 'Remove member'}
      pending={remove.isPending}
      onConfirm={() => remove.mutate(username, { onSuccess: () => (me ? router.push('/') : onClose()) })}
    >
      {remove.error && <Callout tone="danger">{remove.error.message}</Callout>}
    </ConfirmDialog>
  );
}
