'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Settings } from 'lucide-react';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { countOf, countText } from '#components/layout/count-text.ts';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { MenuLink } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { registryQueries } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';

export type RegistryAt = { registry: string; organization?: string };

export const registryCrumbs = ({ registry, organization }: RegistryAt, tab?: string) => [
  { label: 'Registry', href: pagePaths.registries(organization) },
  { label: registry, href: tab ? pagePaths.registry(registry, organization) : undefined },
  ...(tab ? [{ label: tab }] : []),
];

/** Title and tabs of every page of a registry. */
export function RegistryFrame({ registry, organization, tab }: RegistryAt & { tab: 'collections' | 'automations' }) {
  const query = useQuery(registryQueries.one(registry, organization));
  return (
    <QueryState query={query} what="The registry" loading={<PageHeaderSkeleton tabs={2} />}>
      {(view) => (
        <>
          <PageHeader
            owner={view.organization}
            title={view.name}
            meta={[
              'Registry',
              view.visibility === 'restricted' ? 'its members only' : 'the whole organization',
              view.artifactTypes ? `takes ${view.artifactTypes.join(', ')}` : 'takes all types',
              ...(view.description ? [view.description] : []),
            ]}
            action={
              roleMay(view.role, 'automations:write') && (
                <ButtonLink variant="primary" href={newAutomationHref({ registry: `${view.organization}/${view.name}` })}>
                  <Plus />
                  Create automation
                </ButtonLink>
              )
            }
            menu={
              <MenuLink icon={<Settings />} href={pagePaths.registrySettings(view.name, organization)}>
                Registry settings
              </MenuLink>
            }
          />
          <TabLinks
            label="Registry"
            tabs={[
              {
                href: pagePaths.registry(registry, organization),
                label: 'Collections',
                count: countText(view.collections),
                current: tab === 'collections',
              },
              {
                href: pagePaths.registryAutomations(registry, organization),
                label: 'Automations',
                count: countText(view.automations),
                current: tab === 'automations',
              },
            ]}
          />
          <p className="sr-only">{countOf(view.collections, 'collection')}</p>
        </>
      )}
    </QueryState>
  );
}
