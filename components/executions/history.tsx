'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CalendarDays, Zap } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, useMemo, useRef } from 'react';
import { ListWithDrawer } from '#components/layout/list-with-drawer.tsx';
import { Content } from '#components/layout/page.tsx';
import { oneOf, text, useAddress } from '#components/layout/use-address.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterBar, FilterChip } from '#components/ui/filter-chip.tsx';
import { LiveSign, NewerLine } from '#components/ui/live-list.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import { isRefusal, type Search } from '#lib/client/http.ts';
import type { ExecutionRow } from '#lib/contracts/automations.ts';
import type { BoundedCount } from '#lib/contracts/view.ts';
import { EXECUTION_STATUSES, type ExecutionStatus } from '#lib/domain/execution.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { ExecutionError } from './execution-error.tsx';
import { ExecutionRowItem } from './execution-row-item.tsx';
import { useLiveExecutions } from './use-live-executions.ts';

const ExecutionDrawer = dynamic(() => import('./execution-drawer.tsx').then((module) => module.ExecutionDrawer));

const PERIODS = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' } as const;
type Period = keyof typeof PERIODS;
const PERIOD_MS: Record<Period, number> = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 };

interface HistoryProps {
  /** What is above it: page header and tabs. Gives way to the drawer with the list. */
  header?: ReactNode;
  /** Beside the filters: the switch between list and history. */
  toolbar?: ReactNode;
  /** The fixed part of the filter: one project, one automation. Empty: all that I can see. */
  of: Search;
  /** Whether a row from the stream belongs here; the rest of the filter is judged in this file. */
  belongs?: (row: ExecutionRow) => boolean;
  /** To filter by automation; absent where only one is shown. */
  automations?: readonly { id: string; name: string }[];
}

/** The history: one row per execution, its filters and open drawer in the URL, following what happens. */
export function History({ header, toolbar, of, belongs = () => true, automations }: HistoryProps) {
  const [url, setUrl] = useAddress({
    status: oneOf(EXECUTION_STATUSES),
    automation: text,
    period: oneOf(Object.keys(PERIODS) as Period[]),
    execution: text,
  });
  // Fixed while the filter stays, or the query's key would change with every render.
  const since = useMemo(
    () => (url.period ? new Date(Math.floor(Date.now() / 60_000) * 60_000 - PERIOD_MS[url.period]).toISOString() : undefined),
    [url.period],
  );
  const filter: Search = { ...of, ...(url.automation && { automation: url.automation }), since };
  const list = executionQueries.list({ ...filter, status: url.status ?? undefined });
  const rows = useInfiniteQuery(list);
  const counts = useQuery(executionQueries.counts(filter));
  const reading = useRef(false);
  const stream = useLiveExecutions(
    list.queryKey,
    (row) => belongs(row) && (!url.status || row.status === url.status) && (!url.automation || row.automation.id === url.automation),
    () => !reading.current && window.scrollY < 80,
  );
  const shown = isRefusal(rows.error) ? undefined : rows.data; // what was read before a right was gone is not to be seen any more
  const items = shown?.pages.flatMap((page) => page.items) ?? [];
  const open = url.execution;
  const index = items.findIndex((row) => row.id === open);
  const show = (id: string | null) => setUrl({ execution: id }, { history: id && open ? 'replace' : 'push' });
  const search = useSearchParams(); // also what the page around keeps there, such as its view
  const hrefWith = (changes: Record<string, string | null>) => withSearch(search, { execution: null, ...changes });

  return (
    <ListWithDrawer
      drawer={
        open && (
          <ExecutionDrawer
            id={open}
            onClose={() => show(null)}
            onPrevious={index > 0 ? () => show(items[index - 1]!.id) : undefined}
            onNext={index >= 0 && index < items.length - 1 ? () => show(items[index + 1]!.id) : undefined}
          />
        )
      }
      list={
        <Content>
          {header}
          <FilterBar label="Filter executions" end={<LiveSign on={stream.live} />}>
            {toolbar}
            {automations && (
              <Menu
                align="start"
                label="Automation"
                trigger={
                  <FilterChip
                    icon={<Zap />}
                    label="Automation"
                    value={automations.find(({ id }) => id === url.automation)?.name}
                    onClear={() => setUrl({ automation: null })}
                  />
                }
              >
                <MenuChoices
                  label="Automation"
                  value={url.automation ?? ''}
                  onChange={(automation) => setUrl({ automation: automation || null })}
                  options={[{ value: '', label: 'All' }, ...automations.map(({ id, name }) => ({ value: id, label: name }))]}
                />
              </Menu>
            )}
            <Menu
              align="start"
              label="Period"
              trigger={
                <FilterChip
                  icon={<CalendarDays />}
                  label="Period"
                  value={url.period && PERIODS[url.period]}
                  onClear={() => setUrl({ period: null })}
                />
              }
            >
              <MenuChoices
                label="Period"
                value={url.period ?? ''}
                onChange={(period) => setUrl({ period: (period || null) as Period | null })}
                options={[{ value: '', label: 'All that is kept' }, ...Object.entries(PERIODS).map(([value, label]) => ({ value, label }))]}
              />
            </Menu>
          </FilterBar>
          <TabLinks
            label="Status"
            tabs={STATUS_TABS.map(({ status, label }) => ({
              href: hrefWith({ status }),
              label,
              count: shown && counts.data && countText(counts.data[status ?? 'all']),
              current: url.status === status,
            }))}
          />
          {url.status === 'failed' && items.length > 0 && (
            <p className="py-2 text-small text-fg-2">
              Replay one here, or many from the{' '}
              <TextLink href={pagePaths.deadLetters({ automation: automationOf(of, url.automation) })}>dead letters</TextLink>.
            </p>
          )}
          <NewerLine count={shown ? stream.waiting : 0} onShow={stream.show} />
          {rows.isPending && <HistorySkeleton />}
          {rows.isError && !shown && <ExecutionError what="The executions" error={rows.error} onRetry={() => rows.refetch()} />}
          {shown && items.length === 0 && (
            <EmptyState title="Nothing here yet">
              {url.status || url.automation || url.period
                ? 'No execution matches these filters.'
                : 'As soon as an automation fires, its execution appears here with what was sent and what came back.'}
            </EmptyState>
          )}
          {items.length > 0 && (
            <ul
              aria-label="Executions"
              className="-mx-4 sm:-mx-6"
              onPointerEnter={() => {
                reading.current = true;
              }}
              onPointerLeave={() => {
                reading.current = false;
              }}
            >
              {items.map((row) => (
                <ExecutionRowItem key={row.id} row={row} href={hrefWith({ execution: row.id })} current={row.id === open} />
              ))}
            </ul>
          )}
          {shown && <LoadMore {...nextPageOf(rows)} count={counts.data && executionsText(counts.data[url.status ?? 'all'])} />}
        </Content>
      }
    />
  );
}

const automationOf = ({ automation }: Search, chosen: string | null) => chosen ?? (typeof automation === 'string' ? automation : undefined);

const STATUS_TABS: { status: ExecutionStatus | null; label: string }[] = [
  { status: null, label: 'All' },
  { status: 'finished', label: 'Finished' },
  { status: 'failed', label: 'Failed' },
  { status: 'pending', label: 'Pending' },
  { status: 'running', label: 'Running' },
  { status: 'skipped', label: 'Skipped' },
];

const executionsText = (counted: BoundedCount) => `${countText(counted)} ${counted.count === 1 ? 'execution' : 'executions'}`;

const countText = ({ count, more }: BoundedCount) => (more ? `${count.toLocaleString('en')}+` : count.toLocaleString('en'));

function withSearch(search: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return `?${next}`;
}

function HistorySkeleton() {
  return (
    <div aria-hidden="true" className="-mx-4 sm:-mx-6">
      {Array.from({ length: 8 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder have no other identity.
        <div key={row} className="grid h-[59px] content-center gap-2 border-b border-line px-6">
          <Skeleton className="w-64" />
          <Skeleton className="w-40" />
        </div>
      ))}
    </div>
  );
}
