'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { AutomationList } from '#components/automations/automation-list.tsx';
import { ExecutionRowItem } from '#components/executions/execution-row-item.tsx';
import { History } from '#components/executions/history.tsx';
import { Content, Page } from '#components/layout/page.tsx';
import { ListSkeleton } from '#components/layout/page-states.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { CollectionTable } from '#components/registry/collection-table.tsx';
import { RunRows, RunsTable } from '#components/runs/runs-table.tsx';
import { ConnectCode } from '#components/runs/send-first-run.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { SegmentedLinks } from '#components/ui/segmented.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { executionQueries } from '#lib/client/executions.ts';
import { projectQueries } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { ProjectFrame } from './project-frame.tsx';

type At = { entity: string; project: string };

const crumbsOf = ({ entity, project }: At, tab?: string) => [
  { label: entity, href: `/projects?entity=${encodeURIComponent(entity)}` },
  { label: project, href: tab ? pagePaths.project(entity, project) : undefined },
  ...(tab ? [{ label: tab }] : []),
];

/** What a project is about, at a glance: newest runs, newest firings, and how to send more. */
export function ProjectOverview({ entity, project }: At) {
  const view = useQuery(projectQueries.one(entity, project)).data;
  const runs = useInfiniteQuery(projectQueries.runs(entity, project, { limit: 5 }));
  const executions = useInfiniteQuery(executionQueries.list({ project: `${entity}/${project}`, limit: 5 }));
  return (
    <Page crumbs={crumbsOf({ entity, project })}>
      <ProjectFrame entity={entity} project={project} tab="overview" />
      {view?.description && <p className="max-w-[72ch] pt-4 whitespace-pre-line text-fg-2">{view.description}</p>}
      <SectionHeader
        title="Newest runs"
        end={<TextLink href={pagePaths.project(entity, project, 'runs')}>All runs</TextLink>}
        className="pt-5"
      />
      <QueryState query={runs} what="The runs" loading={<RunRows entity={entity} project={project} />}>
        {({ pages }) =>
          pages[0]?.items.length ? (
            <RunRows entity={entity} project={project} runs={pages[0].items} />
          ) : (
            <EmptyState size="inline" title="No run yet">
              Runs appear here as soon as they report.
            </EmptyState>
          )
        }
      </QueryState>
      <SectionHeader
        title="Newest firings"
        end={<TextLink href={`${pagePaths.project(entity, project, 'automations')}?view=history`}>History</TextLink>}
        className="pt-6"
      />
      <QueryState query={executions} what="The executions" loading={<ListSkeleton rows={3} height={59} />}>
        {({ pages }) =>
          pages[0]?.items.length ? (
            <ul className="-mx-4 border-t border-line sm:-mx-6">
              {pages[0].items.map((row) => (
                <ExecutionRowItem key={row.id} row={row} href={pagePaths.execution(row.id)} current={false} />
              ))}
            </ul>
          ) : (
            <EmptyState size="inline" title="Nothing fired yet">
              An automation that watches this project shows its firings here.
            </EmptyState>
          )
        }
      </QueryState>
      {roleMay(view?.role ?? null, 'events:write') && (
        <>
          <SectionHeader title="Send runs and events" className="pt-6 pb-2" />
          <ConnectCode entity={entity} project={project} />
        </>
      )}
    </Page>
  );
}

export function ProjectRuns({ entity, project }: At) {
  return (
    <Page crumbs={crumbsOf({ entity, project }, 'Runs')}>
      <ProjectFrame entity={entity} project={project} tab="runs" />
      <RunsTable entity={entity} project={project} />
    </Page>
  );
}

export function ProjectArtifacts({ entity, project }: At) {
  return (
    <Page crumbs={crumbsOf({ entity, project }, 'Artifacts')}>
      <ProjectFrame entity={entity} project={project} tab="artifacts" />
      <CollectionTable at={{ entity, project }} />
    </Page>
  );
}

export function ProjectAutomations({ entity, project, view }: At & { view: 'list' | 'history' }) {
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
    <Page width="full" crumbs={crumbsOf(at, 'Automations')}>
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
