'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { Content, Page } from '#components/layout/page.tsx';
import { SegmentedLinks } from '#components/ui/segmented.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { registryQueries } from '#lib/client/tracking.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { type RegistryAt, RegistryFrame, registryCrumbs } from './registry-frame.tsx';

const AutomationList = dynamic(() => import('#components/automations/automation-list.tsx').then((module) => module.AutomationList));
const History = dynamic(() => import('#components/executions/history.tsx').then((module) => module.History));

export function RegistryAutomations({ registry, organization, view }: RegistryAt & { view: 'list' | 'history' }) {
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
    <Page width="full" crumbs={registryCrumbs(at, 'Automations')}>
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
