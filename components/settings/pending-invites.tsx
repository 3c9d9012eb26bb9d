'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { QueryState } from '#components/layout/query-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
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
    <Table caption={`Pending invites to ${group.name}`}>
      <TableHead>
        <Th>For</Th>
        <Th width={96}>Role</Th>
        <Th width={140} hide="phone">
          Invited by
        </Th>
        <Th width={96} align="right" hide="phone">
          Ends
        </Th>
        <Th width={112} silent>
          Actions
        </Th>
      </TableHead>
      <TableBody>
        {invites.map(({ id, note, role, invitedBy, createdAt, expiresAt }) => (
          <Tr key={id}>
            <Td>
              <span className="block truncate">
                {note || (
                  <span className="text-fg-2">
                    Link made <RelativeTime at={createdAt} />
                  </span>
                )}
              </span>
            </Td>
            <Td>{ROLE_LABELS[role]}</Td>
            <Td hide="phone" className="truncate">
              {invitedBy}
            </Td>
            <Td align="right" hide="phone" className="text-fg-2">
              <RelativeTime at={expiresAt} />
            </Td>
            <Td align="right">
              <Button size="sm" loading={revoke.isPending && revoke.variables === id} onClick={() => revoke.mutate(id)}>
                Revoke
              </Button>
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}
