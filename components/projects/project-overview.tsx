'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { ExecutionRowItem } from '#components/executions/execution-row-item.tsx';
import { Page } from '#components/layout/page.tsx';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { RunRows } from '#components/runs/runs-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import { projectQueries } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { type ProjectAt, projectCrumbs } from './project-crumbs.ts';
import { ProjectFrame } from './project-frame.tsx';

const ConnectCode = dynamic(() => import('#components/runs/send-first-run.tsx').then((module) => module.ConnectCode));

/** What a project is about, at a glance: newest runs, newest firings, and how to send more. */
export function ProjectOverview({ entity, project }: ProjectAt) {
  const view = useQuery(projectQueries.one(entity, project)).data;
  const runs = useInfiniteQuery(projectQueries.runs(entity, project, { limit: 5 }));
  const executions = useInfiniteQuery(executionQueries.list({ project: `${entity}/${project}`, limit: 5 }));
  return (
    <Page crumbs={projectCrumbs({ entity, project })}>
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
