'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleStop, Plus } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { newAutomationHref } from '#components/automations/starting-points.tsx';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-states.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatDuration } from '#components/ui/format-time.ts';
import { SearchInput } from '#components/ui/input.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { projectQueries, stopRun } from '#lib/client/tracking.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { MetricChart } from './metric-chart.tsx';
import { RunRail } from './run-rail.tsx';
import { RunStateBadge } from './run-state.tsx';

type At = { entity: string; project: string; run: string };

const CHARTS_AT_ONCE = 12;
const NO_MARKS: [] = [];

/** One run: its metrics with marks where automations fired, its state, config and who reacted. */
export function RunScreen(at: At) {
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
      <QueryState query={query} what="The run" loading={<PageHeaderSkeleton />}>
        {(view) => (
          <>
            <div className="border-b border-line px-4 sm:px-6">
              <Header at={at} view={view} />
            </div>
            <div className="grid flex-1 grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_328px]">
              <Charts at={at} view={view} />
              <RunRail at={at} view={view} />
            </div>
          </>
        )}
      </QueryState>
    </Page>
  );
}

function Header({ at, view }: { at: At; view: RunDetail }) {
  const [stopping, setStopping] = useState(false);
  const stop = useMutation({
    ...stopRun(useQueryClient(), at.entity, at.project, at.run),
    onSuccess: () => {
      setStopping(false);
      toast.success('The run was asked to stop');
    },
  });
  const mayStop = view.state === 'running' && roleMay(view.role, 'events:write');
  return (
    <>
      <PageHeader
        title={view.name}
        badge={<RunStateBadge state={view.state} />}
        meta={[
          ...(view.user ? [view.user] : []),
          <span key="started">
            started <RelativeTime at={view.createdAt} />
          </span>,
          `${view.state === 'running' ? 'running for' : 'took'} ${formatDuration(view.durationSeconds * 1000)}`,
          ...view.tags.map((tag) => <Chip key={tag}>{tag}</Chip>),
        ]}
        action={
          roleMay(view.role, 'automations:write') && (
            <ButtonLink variant="primary" href={newAutomationHref({ project: `${at.entity}/${at.project}` })}>
              <Plus />
              Create automation
            </ButtonLink>
          )
        }
        menu={
          mayStop && (
            <MenuItem danger icon={<CircleStop />} onSelect={() => setStopping(true)}>
              Stop run
            </MenuItem>
          )
        }
      />
      <ConfirmDialog
        open={stopping}
        onOpenChange={setStopping}
        danger
        title={`Stop ${view.name}?`}
        description="The training script is told with its next report and ends. A stopped run fires no automation."
        confirmLabel="Stop run"
        pending={stop.isPending}
        error={stop.error?.message}
        onConfirm={() => stop.mutate()}
      />
    </>
  );
}

function Charts({ at, view }: { at: At; view: RunDetail }) {
  const [filter, setFilter] = useQueryState('metric', parseAsString);
  const [shown, setShown] = useState(CHARTS_AT_ONCE);
  const marks = useQuery({
    ...projectQueries.runMarks(at.entity, at.project, at.run),
    refetchInterval: view.state === 'running' ? 10_000 : false,
  });
  const words = filter?.toLowerCase() ?? '';
  // What people logged comes before the machine's own values, and what something reacted to comes first.
  // The same arrays while nothing changes: a chart is drawn anew when its marks are.
  const marked = useMemo(() => Map.groupBy(marks.data?.items ?? [], ({ metric }) => metric), [marks.data]);
  const metrics = view.metrics
    .filter(({ name }) => name.toLowerCase().includes(words))
    .toSorted((a, b) => Number(a.system) - Number(b.system) || Number(marked.has(b.name)) - Number(marked.has(a.name)));
  if (view.metrics.length === 0)
    return (
      <div className="px-4 sm:px-6">
        <EmptyState title="No metric yet">Values appear here as the run logs them.</EmptyState>
      </div>
    );
  return (
    <section aria-label="Metrics" className="px-4 py-3 sm:px-6">
      <div className="flex items-center gap-2 pb-3">
        <SearchInput
          label="Filter metrics"
          placeholder={`Filter ${view.metrics.length} metrics`}
          className="w-60"
          value={filter ?? ''}
          onChange={(event) => void setFilter(event.target.value || null)}
        />
      </div>
      <div className="grid gap-3 sm:grid-cols-2 [&>:first-child]:sm:col-span-2">
        {metrics.slice(0, shown).map(({ name, last }, index) => (
          <MetricChart
            key={name}
            at={at}
            metric={name}
            last={last}
            color={(index % 6) + 1}
            tall={index === 0}
            live={view.state === 'running'}
            marks={marked.get(name) ?? NO_MARKS}
            mayCreate={roleMay(view.role, 'automations:write')}
          />
        ))}
      </div>
      {metrics.length > shown && (
        <button type="button" className="mt-3 text-small text-accent-text hover:underline" onClick={() => setShown(shown + CHARTS_AT_ONCE)}>
          Show {Math.min(CHARTS_AT_ONCE, metrics.length - shown)} more
        </button>
      )}
      {metrics.length === 0 && <p className="py-6 text-fg-2">No metric has “{filter}” in its name.</p>}
    </section>
  );
}
