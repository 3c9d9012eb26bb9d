'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { text, useAddress } from '#components/layout/use-address.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { CHARTS_AT_ONCE, inChartOrder } from './chart-order.ts';
import { MetricChart } from './metric-chart.tsx';
import type { RunAt } from './run-frame.tsx';

const NONE: [] = [];

/** What people logged, or the machine's own values, one chart each; what something reacted to comes first. */
export function RunCharts({ at, view, system }: { at: RunAt; view: RunDetail; system: boolean }) {
  const [{ metric: filter }, setUrl] = useAddress({ metric: text });
  const [shown, setShown] = useState(CHARTS_AT_ONCE);
  const marks = useQuery({
    ...projectQueries.runMarks(at.entity, at.project, at.run),
    refetchInterval: view.state === 'running' ? 10_000 : false,
  });
  const words = filter?.toLowerCase() ?? '';
  // The same arrays while nothing changes: a chart is drawn anew when its marks are.
  const marked = useMemo(() => Map.groupBy(marks.data?.items ?? [], ({ metric }) => metric), [marks.data]);
  const limits = useMemo(() => Map.groupBy(marks.data?.limits ?? [], ({ metric }) => metric), [marks.data]);
  const own = inChartOrder(view.metrics, system, marks.data);
  const metrics = own.filter(({ name }) => name.toLowerCase().includes(words));
  if (own.length === 0)
    return (
      <div className="px-4 sm:px-6">
        <EmptyState title={system ? 'No system metric yet' : 'No metric yet'}>
          {system
            ? 'The client reports the machine’s load every 15 seconds while a run lasts.'
            : 'Values appear here as the run logs them.'}
        </EmptyState>
      </div>
    );
  return (
    <section aria-label={system ? 'System metrics' : 'Metrics'} className="px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <SearchInput
          label="Filter metrics"
          placeholder={`Filter ${own.length} ${own.length === 1 ? 'metric' : 'metrics'}`}
          className="w-60"
          value={filter ?? ''}
          onChange={(event) => setUrl({ metric: event.target.value || null })}
        />
        <span className="ml-auto text-meta text-fg-3">{system ? 'by time since the start' : 'by step'}</span>
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
            across={system ? 'seconds' : 'step'}
            marks={marked.get(name) ?? NONE}
            limits={limits.get(name) ?? NONE}
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
