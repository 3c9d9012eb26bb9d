'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleDashed } from 'lucide-react';
import dynamic from 'next/dynamic';
import { QueryState } from '#components/layout/query-state.tsx';
import { oneOf, text, useAddress } from '#components/layout/use-address.ts';
import { Person } from '#components/ui/avatar.tsx';
import { ChipStrip } from '#components/ui/chip-strip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterBar, FilterChip } from '#components/ui/filter-chip.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, Table } from '#components/ui/table.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { RunView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { RUN_STATES } from '#lib/domain/run-states.ts';
import { RunDuration } from './run-duration.tsx';
import { RunStateText } from './run-state.tsx';
import { showValue } from './show-value.ts';

const SendFirstRun = dynamic(() => import('./send-first-run.tsx').then((module) => module.SendFirstRun));

const STATES: Record<string, string> = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
  crashed: 'Crashed',
  killed: 'Stopped',
};

/** A project's runs, newest first. */
export function RunsTable({ entity, project }: { entity: string; project: string }) {
  const [filter, setFilter] = useAddress({ q: text, state: oneOf(RUN_STATES) });
  const runs = useInfiniteQuery(projectQueries.runs(entity, project, filter));
  const items = runs.data?.pages.flatMap((page) => page.items);
  const filtered = Boolean(filter.q || filter.state);
  if (items?.length === 0 && !filtered) return <SendFirstRun entity={entity} project={project} />;
  return (
    <>
      <FilterBar label="Filter runs">
        <SearchInput
          label="Search by name"
          placeholder="Search by name or id"
          className="w-60 max-sm:w-44"
          value={filter.q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value || null })}
        />
        <Menu
          align="start"
          label="State"
          trigger={
            <FilterChip
              icon={<CircleDashed />}
              label="State"
              value={filter.state && STATES[filter.state]}
              onClear={() => setFilter({ state: null })}
            />
          }
        >
          <MenuChoices
            label="State"
            value={filter.state ?? ''}
            onChange={(state) => setFilter({ state: (state || null) as RunView['state'] | null })}
            options={[{ value: '', label: 'Any' }, ...Object.entries(STATES).map(([value, label]) => ({ value, label }))]}
          />
        </Menu>
      </FilterBar>
      <QueryState query={runs} what="The runs" loading={<RunRows entity={entity} project={project} />}>
        {() =>
          items?.length === 0 ? (
            <EmptyState title="No run matches">Another name or state may find it.</EmptyState>
          ) : (
            <RunRows entity={entity} project={project} runs={items} />
          )
        }
      </QueryState>
      <LoadMore {...nextPageOf(runs)} />
    </>
  );
}

export function RunRows({ entity, project, runs }: { entity: string; project: string; runs?: readonly RunView[] }) {
  return (
    <Table
      caption="Runs"
      items={runs}
      keyOf={(run) => run.id}
      columns={[
        {
          head: 'Run',
          bar: 'w-40',
          cell: (run) => (
            <span className="flex min-w-0">
              <RowLink href={pagePaths.run(entity, project, run.id)}>{run.name}</RowLink>
            </span>
          ),
        },
        { head: 'State', width: 128, bar: 'w-20', cell: (run) => <RunStateText state={run.state} /> },
        {
          head: 'Summary',
          width: 220,
          hide: 'narrow',
          bar: 'w-40',
          cell: (run) => <span className="block truncate font-mono text-[12px] text-fg-2">{summaryLine(run)}</span>,
        },
        {
          head: 'Tags',
          width: 180,
          hide: 'narrow',
          bar: 'w-24',
          cell: (run) => <ChipStrip names={run.tags} />,
        },
        { head: 'User', width: 112, hide: 'phone', bar: 'w-16', cell: (run) => run.user && <Person name={run.user} /> },
        {
          head: 'Duration',
          width: 96,
          align: 'right',
          hide: 'phone',
          bar: 'w-12',
          cell: (run) => <RunDuration run={run} />,
        },
        { head: 'Created', width: 112, align: 'right', bar: 'w-16', cell: (run) => <RelativeTime at={run.createdAt} /> },
      ]}
    />
  );
}

/** The first few numbers a run ended with. */
const summaryLine = ({ summary }: RunView) =>
  Object.entries(summary)
    .filter(([key, value]) => !key.startsWith('_') && (typeof value === 'number' || typeof value === 'string'))
    .slice(0, 3)
    .map(([key, value]) => `${key} ${showValue(value)}`)
    .join('  ');
