'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { Filter } from '#lib/domain/filter.ts';
import { metricRuleOf } from '#lib/domain/rule-words.ts';
import { toDocument } from './form-document.ts';
import type { Match } from './match-row.tsx';
import { useValues } from './wizard-form.ts';

// uplot comes with the first chart, not with the page.
const LinePlot = dynamic(() => import('#components/runs/line-plot.tsx').then(({ LinePlot: component }) => component), {
  ssr: false,
  loading: () => <Skeleton className="h-full!" />,
});
const HEIGHT = 200;

/** The run of one event: the metric over steps, the limit, and where it would have fired. */
export function MatchChart({ match: { event, decision } }: { match: Match }) {
  const values = useValues();
  const { filter } = toDocument(values) as { filter: Filter };
  const metric = decision.evidence?.metric ?? metricRuleOf(filter)?.name;
  const run = runOf(event.document);
  const enabled = Boolean(run && metric);
  const series = useQuery({
    ...projectQueries.series(event.entity, event.project, run?.id ?? '', [metric ?? ''], 400),
    enabled,
    placeholderData: keepPreviousData,
  });
  const limit = filter.metric?.threshold;
  const thresholds = useMemo(() => (typeof limit === 'number' ? [{ value: limit, label: String(limit) }] : undefined), [limit]);
  const rings = useMemo(() => {
    const { evidence, kind } = decision;
    return kind === 'fire' && evidence && typeof evidence.value === 'number' ? [{ step: evidence.step, value: evidence.value }] : undefined;
  }, [decision]);
  const points = series.data?.series[0];
  if (!enabled || (series.isSuccess && !points?.steps.length)) return null;
  return (
    <figure className="min-w-0">
      <figcaption className="flex items-center justify-between gap-2 pb-1 text-meta text-fg-2">
        <span className="min-w-0 truncate">
          <span className="font-mono">{metric}</span> of <span className="font-mono">{run?.name ?? run?.id}</span> by step
        </span>
        {rings && (
          <span className="flex flex-none items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-full border-2 border-chart-1" /> would have fired
          </span>
        )}
      </figcaption>
      <div style={{ height: HEIGHT }}>
        {series.isPending && <Skeleton className="h-full!" />}
        {points && <LinePlot series={points} color={1} height={HEIGHT} thresholds={thresholds} rings={rings} />}
      </div>
    </figure>
  );
}

function runOf(document: unknown): { id: string; name?: string } | null {
  const run = (document as { run?: { id?: string; name?: string } } | null)?.run;
  return run?.id ? { id: run.id, name: run.name } : null;
}
