'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { Content, Page } from '#components/layout/page.tsx';
import { SegmentedLinks } from '#components/ui/segmented.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { projectQueries } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { type ProjectAt, projectCrumbs } from './project-crumbs.ts';
import { ProjectFrame } from './project-frame.tsx';

const AutomationList = dynamic(() => import('#components/automations/automation-list.tsx').then((module) => module.AutomationList));
const History = dynamic(() => import('#components/executions/history.tsx').then((module) => module.History));

export function ProjectAutomations({ entity, project, view }: ProjectAt & { view: 'list' | 'history' }) {
  const at = { entity, project };
  const role = useQuery(projectQueries.one(entity, project)).data?.role ?? null;
  const automations = useInfiniteQuery({ ...automationQueries.in(at, { limit: 200 }), enabled: view === 'history' });
  const path = pagePaths.project(entity, project, 'automations');
  const header = <ProjectFrame entity={entity} project={project} tab="automations" />;
  const toolbar = (
    <SegmentedLinks
      label="View"
      links={[
        { href: path, label: 'List', current: view === 'list' },
        { href: `${path}?view=history`, label: 'History', current: view === 'history' },
      ]}
    />
  );
  return (
    <Page width="full" crumbs={projectCrumbs(at, 'Automations')}>
      {view === 'history' ? (
        <History
          header={header}
          toolbar={toolbar}
          of={{ project: `${entity}/${project}` }}
          belongs={({ event }) => event.entity === entity && event.project === project}
          automations={automations.data?.pages.flatMap(({ items }) => items)}
        />
      ) : (
        <Content>
          {header}
          <AutomationList
            at={at}
            scope={{ project: `${entity}/${project}` }}
            mayCreate={roleMay(role, 'automations:write')}
            toolbar={toolbar}
          />
        </Content>
      )}
    </Page>
  );
}
