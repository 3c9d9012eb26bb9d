'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { Content, Page } from '#components/layout/page.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { useMayCreateAutomations } from './may-create.ts';
import { ViewSwitch } from './view-switch.tsx';

const AutomationList = dynamic(() => import('./automation-list.tsx').then((module) => module.AutomationList));
const History = dynamic(() => import('#components/executions/history.tsx').then((module) => module.History));

/** Every automation I can see, all scopes. */
export function AutomationsScreen({ view }: { view: 'list' | 'history' }) {
  const automations = useInfiniteQuery({ ...automationQueries.list({ limit: 200 }), enabled: view === 'history' });
  const mayCreate = useMayCreateAutomations();
  const toolbar = <ViewSwitch current={view} />;
  const header = (
    <PageHeader
      title="Automations"
      meta={['Everything you can see, in all teams and registries']}
      action={
        mayCreate && (
          <ButtonLink variant="primary" href={pagePaths.newAutomation()}>
            <Plus />
            Create automation
          </ButtonLink>
        )
      }
    />
  );
  return (
    <Page width="full" crumbs={[{ label: 'Automations' }]}>
      {view === 'history' ? (
        <History header={header} toolbar={toolbar} of={{}} automations={automations.data?.pages.flatMap(({ items }) => items)} />
      ) : (
        <Content>
          {header}
          <AutomationList mayCreate={mayCreate} toolbar={toolbar} />
        </Content>
      )}
    </Page>
  );
}
