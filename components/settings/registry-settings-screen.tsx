'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { countOf } from '#components/layout/count-text.ts';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { PageHeader, SectionHeader } from '#components/ui/page-header.tsx';
import { deleteRegistry, registryQueries } from '#lib/client/tracking.ts';
import type { RegistryView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { RegistryFacts, RegistryForm } from './registry-form.tsx';
import { RegistryMembers } from './registry-members.tsx';

/** Who may use a registry, what it takes, and its end. Members read it as words. */
export function RegistrySettingsScreen({ registry, organization }: { registry: string; organization?: string }) {
  const query = useQuery(registryQueries.one(registry, organization));
  const [deleting, setDeleting] = useState(false);
  return (
    <Page
      width="form"
      crumbs={[
        { label: 'Registry', href: pagePaths.registries(organization) },
        { label: registry, href: pagePaths.registry(registry, organization) },
        { label: 'Settings' },
      ]}
    >
      <QueryState query={query} what="The registry" loading={<PageHeaderSkeleton />}>
        {(view) => {
          const mayEdit = view.role === 'admin';
          return (
            <>
              <PageHeader
                title="Registry settings"
                meta={[
                  `${view.organization}/${view.name}`,
                  ...(mayEdit ? [] : ['admins of the registry or of the organization may change it']),
                ]}
                menu={
                  mayEdit && (
                    <MenuItem danger icon={<Trash2 />} onSelect={() => setDeleting(true)}>
                      Delete registry
                    </MenuItem>
                  )
                }
              />
              <section>
                <SectionHeader title="General" className="pt-2!" />
                {mayEdit ? <RegistryForm view={view} organization={organization} /> : <RegistryFacts view={view} />}
              </section>
              <RegistryMembers view={view} organization={organization} mayEdit={mayEdit} />
              {deleting && <DeleteRegistry view={view} organization={organization} onClose={() => setDeleting(false)} />}
            </>
          );
        }}
      </QueryState>
    </Page>
  );
}

function DeleteRegistry({ view, organization, onClose }: { view: RegistryView; organization?: string; onClose: () => void }) {
  const router = useRouter();
  const remove = useMutation(deleteRegistry(useQueryClient(), view.name, organization));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete the registry ${view.name}?`}
      description={`Its ${countOf(view.collections, 'collection')} with their links and its ${countOf(view.automations, 'automation')} go with it. The versions stay in their projects, and the history of executions stays.`}
      confirmLabel="Delete registry"
      typeToConfirm={view.name}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate({ force: true }, { onSuccess: () => router.push(pagePaths.registries(organization)) })}
    />
  );
}
