'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Page } from '#components/layout/page.tsx';
import { ListSkeleton, PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import { pagePaths, type RunTab } from '#lib/domain/page-paths.ts';
import { RunCharts } from './run-charts.tsx';
import { type RunAt, RunFrame } from './run-frame.tsx';
import { RunRail } from './run-rail.tsx';

const loading = () => <ListSkeleton rows={6} />;
const RunExplanation = dynamic(() => import('#components/explain/run-explanation.tsx').then((file) => file.RunExplanation), { loading });
const RunArtifacts = dynamic(() => import('./run-artifacts.tsx').then((file) => file.RunArtifacts), { loading });
const RunFiles = dynamic(() => import('./run-files.tsx').then((file) => file.RunFiles), { loading });
const RunConsole = dynamic(() => import('./run-console.tsx').then((file) => file.RunConsole), { loading });
const RunAlerts = dynamic(() => import('./run-alerts.tsx').then((file) => file.RunAlerts), { loading });

/** One run, a part of it at a time: its metrics with marks where automations fired, and what it leaves behind. */
export function RunScreen({ tab, ...at }: RunAt & { tab: RunTab | undefined }) {
  const { entity, project, run } = at;
  const query = useQuery({
    ...projectQueries.run(entity, project, run),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 5000 : false),
  });
  return (
    <Page
      width="full"
      crumbs={[
        { label: entity, href: `/projects?entity=${encodeURIComponent(entity)}` },
        { label: project, href: pagePaths.project(entity, project) },
        { label: 'Runs', href: pagePaths.project(entity, project, 'runs') },
        { label: query.data?.name ?? run },
      ]}
    >
      <QueryState query={query} what="The run" loading={<PageHeaderSkeleton tabs={7} />}>
        {(view) => (
          <>
            <RunFrame at={at} view={view} tab={tab} />
            <RunPart at={at} view={view} tab={tab} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

function RunPart({ at, view, tab }: { at: RunAt; view: RunDetail; tab: RunTab | undefined }) {
  switch (tab) {
    case undefined:
    case 'system':
      return (
        <div className="grid flex-1 grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_328px]">
          <RunCharts key={tab ?? 'metrics'} at={at} view={view} system={tab === 'system'} />
          <RunRail at={at} view={view} />
        </div>
      );
    case 'automations':
      return <Part label="Automations">{<RunExplanation at={at} view={view} />}</Part>;
    case 'artifacts':
      return <Part label="Artifacts">{<RunArtifacts at={at} />}</Part>;
    case 'files':
      return <Part label="Files">{<RunFiles at={at} role={view.role} />}</Part>;
    case 'console':
      return <Part label="Console">{<RunConsole at={at} view={view} />}</Part>;
    case 'alerts':
      return <Part label="Alerts">{<RunAlerts at={at} />}</Part>;
  }
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="w-full min-w-0 px-4 pb-8 sm:px-6">
      {children}
    </section>
  );
}
