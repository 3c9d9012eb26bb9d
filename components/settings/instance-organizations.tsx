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
import { RowLink, Table } from '#components/ui/table.tsx';
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
    <Table
      caption="Organizations"
      items={organizations}
      keyOf={(organization) => organization.name}
      loadingRows={3}
      columns={[
        {
          head: 'Organization',
          bar: 'w-40',
          cell: (organization) => <RowLink href={pagePaths.organizationSettings(organization.name)}>{organization.displayName}</RowLink>,
        },
        {
          head: 'Name in addresses',
          width: 160,
          hide: 'phone',
          bar: 'w-24',
          className: 'truncate font-mono text-[12px]',
          cell: (organization) => organization.name,
        },
        { head: 'Teams', width: 88, align: 'right', bar: 'w-6', cell: (organization) => organization.teams.length },
        {
          head: 'Created',
          width: 112,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          className: 'text-fg-2',
          cell: (organization) => <RelativeTime at={organization.createdAt} />,
        },
      ]}
    />
  );
}
