'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { QueryState } from '#components/layout/query-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { Table } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast.ts';
import { type Group, organizationQueries, revokeInvite } from '#lib/client/organizations.ts';
import type { InviteView } from '#lib/contracts/organizations.ts';
import { ROLE_LABELS } from './role-words.ts';

/** Links that can still be used, and a way to take each back. */
export function PendingInvites({ group }: { group: Group }) {
  const invites = useQuery(organizationQueries.invites(group));
  return (
    <section>
      <SectionHeader level={3} title="Pending invites" />
      <QueryState query={invites} what="The invites" loading={<SkeletonText lines={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-small text-fg-2">None. An invite is a link that works once and for 7 days.</p>
          ) : (
            <InPieces items={items}>{(shown) => <InviteTable group={group} invites={shown} />}</InPieces>
          )
        }
      </QueryState>
    </section>
  );
}

function InviteTable({ group, invites }: { group: Group; invites: readonly InviteView[] }) {
  const revoke = useMutation({
    ...revokeInvite(useQueryClient(), group),
    onError: (error) => void toast.error(error.message),
  });
  return (
    <Table
      caption={`Pending invites to ${group.name}`}
      items={invites}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'For',
          cell: ({ note, createdAt }) => (
            <span className="block truncate">
              {note || (
                <span className="text-fg-2">
                  Link made <RelativeTime at={createdAt} />
                </span>
              )}
            </span>
          ),
        },
        { head: 'Role', width: 96, cell: ({ role }) => ROLE_LABELS[role] },
        {
          head: 'Invited by',
          width: 140,
          hide: 'phone',
          className: 'truncate',
          cell: ({ invitedBy }) => invitedBy,
        },
        {
          head: 'Ends',
          width: 96,
          align: 'right',
          hide: 'phone',
          className: 'text-fg-2',
          cell: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
        },
        {
          head: 'Actions',
          width: 112,
          align: 'right',
          silent: true,
          cell: ({ id }) => (
            <Button size="sm" loading={revoke.isPending && revoke.variables === id} onClick={() => revoke.mutate(id)}>
              Revoke
            </Button>
          ),
        },
      ]}
    />
  );
}
