'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import type { Band } from '#components/runs/line-plot.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { Filter } from '#lib/domain/filter.ts';
import { toDocument } from './form-document.ts';
import { useValues } from './wizard-form.ts';

// uplot comes with the first chart, not with the page.
const LinePlot = dynamic(() => import('#components/runs/line-plot.tsx').then(({ LinePlot: component }) => component), {
  ssr: false,
  loading: () => <Skeleton className="h-full!" />,
});
const HEIGHT = 200;
const POINTS = 400;

interface RuleChartProps {
  entity: string;
  project: string;
  run: { id: string; name: string };
  metric: string;
  /** Where the rule fires. */
  rings: readonly { step: number; value: number }[];
  /** What the windows of one firing reach over. */
  bands?: readonly Band[];
}

const NO_BANDS: readonly Band[] = [];

/** A run's metric over steps with the draft's limit, and where it would have fired. */
export function RuleChart({ entity, project, run, metric, rings, bands = NO_BANDS }: RuleChartProps) {
  const { filter } = toDocument(useValues()) as { filter: Filter };
  const series = useQuery({ ...projectQueries.series(entity, project, run.id, [metric], POINTS), placeholderData: keepPreviousData });
  const limit = filter.metric?.threshold;
  const thresholds = useMemo(() => (typeof limit === 'number' ? [{ value: limit, label: String(limit) }] : undefined), [limit]);
  const points = series.data?.series[0];
  if (series.isSuccess && !points?.steps.length) return null;
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 pb-1 text-meta text-fg-2">
        <span className="min-w-0 truncate">
          <span className="font-mono">{metric}</span> of <span className="font-mono">{run.name}</span> by step
        </span>
        <span className="flex flex-none items-center gap-3">
          {bands.some(({ kind }) => kind === 'prior') && <Key className="bg-chart-muted opacity-60" label="prior window" />}
          {bands.length > 0 && <Key className="bg-chart-1 opacity-40" label={bands.length > 1 ? 'current window' : 'window'} />}
          {rings.length > 0 && <Key className="rounded-full border-2 border-chart-1" label="would have fired" />}
        </span>
      </figcaption>
      <div style={{ height: HEIGHT }}>
        {series.isPending && <Skeleton className="h-full!" />}
        {series.isError && <p className="text-small text-danger-text">{series.error.message}</p>}
        {points && <LinePlot series={points} color={1} height={HEIGHT} thresholds={thresholds} rings={rings} bands={bands} />}
      </div>
    </figure>
  );
}

const Key = ({ className, label }: { className: string; label: string }) => (
  <span className="flex items-center gap-1.5">
    <span aria-hidden="true" className={`size-2.5 ${className}`} /> {label}
  </span>
);
