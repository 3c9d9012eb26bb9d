'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { z } from 'zod';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
import { organizationQueries } from '#lib/client/organizations.ts';
import type { OrganizationView } from '#lib/contracts/organizations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

const CreateOrganization = dynamic(() => import('./create-organization.tsx').then((module) => module.CreateOrganization));

export function InstanceOrganizations() {
  const organizations = useQuery(organizationQueries.all());
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      Create organization
    </Button>
  );
  return (
    <>
      <SettingsHeader
        title="Organizations"
        description="Each has its teams, registries and members; a user may be in several."
        action={create}
      />
      <QueryState query={organizations} what="The organizations" loading={<OrganizationTable />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No organization yet" action={create}>
              Teams and registries belong to an organization.
            </EmptyState>
          ) : (
            <InPieces items={items}>{(shown) => <OrganizationTable organizations={shown} />}</InPieces>
          )
        }
      </QueryState>
      {creating && <CreateOrganization onClose={() => setCreating(false)} />}
    </>
  );
}

function OrganizationTable({ organizations }: { organizations?: readonly z.infer<typeof OrganizationView>[] }) {
  return (
    <Table caption="Organizations">
      <TableHead>
        <Th>Organization</Th>
        <Th width={160} hide="phone">
          Name in addresses
        </Th>
        <Th width={88} align="right">
          Teams
        </Th>
        <Th width={112} align="right" hide="phone">
          Created
        </Th>
      </TableHead>
      <TableBody>
        {organizations ? (
          organizations.map((organization) => (
            <Tr key={organization.name}>
              <Td>
                <RowLink href={pagePaths.organizationSettings(organization.name)}>{organization.displayName}</RowLink>
              </Td>
              <Td hide="phone" className="truncate font-mono text-[12px]">
                {organization.name}
              </Td>
              <Td align="right">{organization.teams.length}</Td>
              <Td align="right" hide="phone" className="text-fg-2">
                <RelativeTime at={organization.createdAt} />
              </Td>
            </Tr>
          ))
        ) : (
          <SkeletonRows
            rows={3}
            columns={[
              { width: 'w-40' },
              { width: 'w-24', hide: 'phone' },
              { width: 'w-6', align: 'right' },
              { width: 'w-16', align: 'right', hide: 'phone' },
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}
