'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { RegistryTable } from '#components/registry/registries-screen.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { registryQueries } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { type Role, roleMay } from '#lib/domain/permissions.ts';

const CreateRegistry = dynamic(() => import('#components/registry/create-registry.tsx').then((module) => module.CreateRegistry));

/** The registries of an organization, each leading to its settings. */
export function OrganizationRegistries({ organization, role }: { organization: string; role: Role | null }) {
  const registries = useQuery(registryQueries.all({ organization }));
  const [creating, setCreating] = useState(false);
  const create = roleMay(role, 'registries:create') && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      Create registry
    </Button>
  );
  return (
    <>
      <SettingsHeader
        title="Registries"
        description="Each takes the organization’s roles unless a member has a role of its own there."
        action={create}
      />
      <QueryState query={registries} what="The registries" loading={<RegistryTable several={false} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No registry yet" action={create}>
              A registry holds collections of versions that the organization relies on, such as its models.
            </EmptyState>
          ) : (
            <InPieces items={items}>
              {(shown) => (
                <RegistryTable registries={shown} several={false} hrefOf={({ name }) => pagePaths.registrySettings(name, organization)} />
              )}
            </InPieces>
          )
        }
      </QueryState>
      {creating && <CreateRegistry organizations={[organization]} onClose={() => setCreating(false)} />}
    </>
  );
}
