'use client';

import { useQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { z } from 'zod';
import { IconLink } from '#components/ui/icon-button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { FiringMark } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { Limit } from './line-plot.tsx';
import { showValue } from './show-value.ts';

// uplot comes with the first chart, not with the page.
const LinePlot = dynamic(() => import('./line-plot.tsx').then(({ LinePlot: component }) => component), {
  ssr: false,
  loading: () => <Skeleton className="h-full!" />,
});

interface MetricChartProps {
  at: { entity: string; project: string; run: string };
  metric: string;
  last: number | string | null;
  /** 1 to 6: the series colour. */
  color: number;
  tall: boolean;
  live: boolean;
  across: 'step' | 'seconds';
  marks: readonly z.output<typeof FiringMark>[];
  /** Limits that automations watch this metric by. */
  limits: readonly Limit[];
  mayCreate: boolean;
}

/** One metric over steps, with marks where automations fired. */
export function MetricChart({ at, metric, last, color, tall, live, across, marks, limits, mayCreate }: MetricChartProps) {
  const series = useQuery({ ...projectQueries.series(at.entity, at.project, at.run, [metric]), refetchInterval: live ? 5000 : false });
  const points = series.data?.series[0];
  const height = tall ? 208 : 150;
  return (
    <figure className="min-w-0 rounded-panel border border-line p-3">
      <figcaption className="flex items-center gap-2 pb-2 text-small">
        <span className="truncate font-mono text-[12px] font-semibold">{metric}</span>
        <span className="text-fg-2 tabular-nums">{showValue(last)}</span>
        <span className="ml-auto flex">
          {mayCreate && (
            <IconLink size="sm" label={`Create automation from ${metric}`} href={automationHref(at, metric, last)}>
              <Zap />
            </IconLink>
          )}
        </span>
      </figcaption>
      <div style={{ height }}>
        {series.isPending && <Skeleton className="h-full!" />}
        {series.isError && <p className="text-small text-danger-text">{series.error.message}</p>}
        {points && <LinePlot series={points} color={color} height={height} across={across} marks={marks} thresholds={limits} />}
      </div>
      {marks.length > 0 && (
        <ul className="sr-only">
          {marks.map((mark) => (
            <li key={mark.executionId}>
              <a href={pagePaths.execution(mark.executionId)}>
                {mark.automation} fired at step {mark.step}
              </a>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

/** The wizard on this metric: a threshold just beyond the last value. */
function automationHref({ entity, project }: MetricChartProps['at'], metric: string, last: number | string | null): string {
  const search = new URLSearchParams({
    scope: `project:${entity}/${project}`,
    metric,
    ...(typeof last === 'number' && { value: String(last) }),
  });
  return `${pagePaths.newAutomation()}?${search}`;
}
