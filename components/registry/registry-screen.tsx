'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus, Settings } from 'lucide-react';
import { AutomationList } from '#components/automations/automation-list.tsx';
import { newAutomationHref } from '#components/automations/starting-points.tsx';
import { History } from '#components/executions/history.tsx';
import { countOf, countText } from '#components/layout/count-text.ts';
import { Content, Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-states.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { MenuLink } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SegmentedLinks } from '#components/ui/segmented.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { registryQueries } from '#lib/client/tracking.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { CollectionTable } from './collection-table.tsx';

type At = { registry: string; organization?: string };

const crumbsOf = ({ registry, organization }: At, tab?: string) => [
  { label: 'Registry', href: pagePaths.registries(organization) },
  { label: registry, href: tab ? pagePaths.registry(registry, organization) : undefined },
  ...(tab ? [{ label: tab }] : []),
];

function RegistryFrame({ registry, organization, tab }: At & { tab: 'collections' | 'automations' }) {
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

export function RegistryCollections(at: At) {
  return (
    <Page crumbs={crumbsOf(at)}>
      <RegistryFrame {...at} tab="collections" />
      <CollectionTable at={at} />
    </Page>
  );
}

export function RegistryAutomations({ registry, organization, view }: At & { view: 'list' | 'history' }) {
  const at = { registry, organization };
  const data = useQuery(registryQueries.one(registry, organization)).data;
  const automations = useInfiniteQuery({ ...automationQueries.in(at, { limit: 200 }), enabled: view === 'history' });
  const project = `${REGISTRY_PROJECT_PREFIX}${registry}`;
  const header = <RegistryFrame {...at} tab="automations" />;
  const list = pagePaths.registryAutomations(registry, organization);
  const toolbar = (
    <SegmentedLinks
      label="View"
      links={[
        { href: list, label: 'List', current: view === 'list' },
        { href: `${list}${list.includes('?') ? '&' : '?'}view=history`, label: 'History', current: view === 'history' },
      ]}
    />
  );
  return (
    <Page width="full" crumbs={crumbsOf(at, 'Automations')}>
      {view === 'history' && data ? (
        <History
          header={header}
          toolbar={toolbar}
          of={{ project: `${data.organization}/${project}` }}
          belongs={({ event }) => event.entity === data.organization && event.project === project}
          automations={automations.data?.pages.flatMap(({ items }) => items)}
        />
      ) : (
        <Content>
          {header}
          <AutomationList
            at={at}
            scope={{ registry: data ? `${data.organization}/${registry}` : registry }}
            mayCreate={roleMay(data?.role ?? null, 'automations:write')}
            toolbar={toolbar}
          />
        </Content>
      )}
    </Page>
  );
}
