'use client';

import { useQuery } from '@tanstack/react-query';
import { LibraryBig, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { countText } from '#components/layout/count-text.ts';
import { Page } from '#components/layout/page.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, Table } from '#components/ui/table.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { registryQueries } from '#lib/client/tracking.ts';
import type { RegistryView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';

const CreateRegistry = dynamic(() => import('./create-registry.tsx').then((module) => module.CreateRegistry));

/** The registries of my organizations: where versions that matter are linked. */
export function RegistriesScreen({ organization }: { organization?: string }) {
  const registries = useQuery(registryQueries.all({ organization }));
  const me = useQuery(sessionQueries.me()).data;
  const [creating, setCreating] = useState(false);
  const organizations =
    me?.entities.filter(({ kind, role }) => kind === 'organization' && roleMay(role, 'registries:create')).map(({ name }) => name) ?? [];
  const several = (me?.entities.filter(({ kind }) => kind === 'organization').length ?? 0) > 1;
  const create = organizations.length > 0 && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      Create registry
    </Button>
  );
  return (
    <Page crumbs={[{ label: 'Registry' }]}>
      <PageHeader
        title="Registry"
        owner={organization}
        meta={['Collections of linked versions, shared by the organization']}
        action={create}
      />
      <QueryState query={registries} what="The registries" loading={<RegistryTable several={several} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No registry yet" action={create}>
              A registry holds collections of versions that the organization relies on, such as its models.
            </EmptyState>
          ) : (
            <InPieces items={items}>{(shown) => <RegistryTable registries={shown} several={several} />}</InPieces>
          )
        }
      </QueryState>
      {creating && <CreateRegistry organizations={organizations} onClose={() => setCreating(false)} />}
    </Page>
  );
}

interface RegistryTableProps {
  registries?: readonly RegistryView[];
  several: boolean;
  /** Where a row leads; to the registry unless said otherwise. */
  hrefOf?: (registry: RegistryView) => string;
}

export function RegistryTable({
  registries,
  several,
  hrefOf = ({ name, organization }) => pagePaths.registry(name, several ? organization : undefined),
}: RegistryTableProps) {
  return (
    <Table
      caption="Registries"
      items={registries}
      keyOf={(registry) => `${registry.organization}/${registry.name}`}
      loadingRows={3}
      columns={[
        {
          head: 'Registry',
          bar: 'w-40',
          cell: (registry) => (
            <span className="flex min-w-0 items-center gap-2">
              <LibraryBig className="size-4 flex-none text-fg-3" />
              <RowLink href={hrefOf(registry)}>{registry.name}</RowLink>
            </span>
          ),
        },
        several && { head: 'Organization', width: 160, hide: 'phone', bar: 'w-20', cell: (registry) => registry.organization },
        {
          head: 'Visibility',
          width: 160,
          hide: 'narrow',
          bar: 'w-24',
          cell: (registry) => (registry.visibility === 'restricted' ? 'Its members only' : 'Organization'),
        },
        { head: 'Collections', width: 112, align: 'right', bar: 'w-8', cell: (registry) => countText(registry.collections) },
        { head: 'Automations', width: 112, align: 'right', hide: 'phone', bar: 'w-8', cell: (registry) => countText(registry.automations) },
        {
          head: 'Last activity',
          width: 136,
          align: 'right',
          hide: 'phone',
          bar: 'w-20',
          cell: (registry) => <RelativeTime at={registry.lastActivityAt ?? registry.createdAt} />,
        },
      ]}
    />
  );
}
