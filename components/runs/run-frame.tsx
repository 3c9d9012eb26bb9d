'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleStop, Plus } from 'lucide-react';
import { useState } from 'react';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { ButtonLink } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { toast } from '#components/ui/toast.ts';
import { stopRun } from '#lib/client/tracking.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import { pagePaths, type RunTab } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { RunDuration } from './run-duration.tsx';
import { RunStateBadge } from './run-state.tsx';

export type RunAt = { entity: string; project: string; run: string };

/** Title and tabs of every page of a run. */
export function RunFrame({ at, view, tab }: { at: RunAt; view: RunDetail; tab: RunTab | undefined }) {
  return (
    <div className="px-4 sm:px-6">
      <Header at={at} view={view} />
      <RunTabs at={at} view={view} tab={tab} />
    </div>
  );
}

function RunTabs({ at: { entity, project, run }, view, tab }: { at: RunAt; view: RunDetail; tab: RunTab | undefined }) {
  const { metrics, counts } = view;
  const machine = metrics.filter(({ system }) => system).length;
  const tabs: { id?: RunTab; label: string; count?: number }[] = [
    { label: 'Metrics', count: metrics.length - machine },
    { id: 'system', label: 'System', count: machine },
    { id: 'automations', label: 'Automations' },
    { id: 'artifacts', label: 'Artifacts' },
    { id: 'files', label: 'Files', count: counts.files },
    { id: 'console', label: 'Console', count: counts.consoleLines },
    { id: 'alerts', label: 'Alerts', count: counts.alerts },
  ];
  return (
    <TabLinks
      label="Run"
      tabs={tabs.map(({ id, label, count }) => ({
        href: pagePaths.run(entity, project, run, id),
        label,
        count: count ? count.toLocaleString('en') : undefined,
        current: id === tab,
      }))}
    />
  );
}

function Header({ at, view }: { at: RunAt; view: RunDetail }) {
  const [stopping, setStopping] = useState(false);
  const stop = useMutation({
    ...stopRun(useQueryClient(), at.entity, at.project, at.run),
    onSuccess: () => {
      setStopping(false);
      toast.success('The run was asked to stop');
    },
  });
  const mayStop = view.state === 'running' && !view.stopRequested && roleMay(view.role, 'events:write');
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
          <span key="duration">
            {view.state === 'running' ? 'running for' : 'took'} <RunDuration run={view} />
          </span>,
          ...(view.stopRequested ? ['told to stop with its next report'] : []),
          ...(view.tags.length > 0 ? [<Tags key="tags" tags={view.tags} />] : []),
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

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
    </span>
  );
}
