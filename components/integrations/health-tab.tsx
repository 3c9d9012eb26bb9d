'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { oneOf, useAddress } from '#components/layout/use-address.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatDuration } from '#components/ui/format-time.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Stat, Stats } from '#components/ui/stat.tsx';
import { targetHealthQuery } from '#lib/client/target-health.ts';
import type { SlackChannelView, WebhookView } from '#lib/contracts/integrations.ts';
import type { TargetHealthView } from '#lib/contracts/target-health.ts';
import { HEALTH_RANGE_NAMES, HEALTH_RANGES } from '#lib/domain/delivery-health.ts';
import { FAILURE_CAUSES } from '#lib/domain/failure-causes.ts';
import { BreakerPanel } from './breaker-panel.tsx';
import { DeliveriesChart } from './deliveries-chart.tsx';
import { percentText, stepTime, stepWords } from './health-words.ts';
import { LatencyChart } from './latency-chart.tsx';
import { NoticesPanel } from './notices-panel.tsx';
import { RecentFailures } from './recent-failures.tsx';
import { SigningPanel } from './signing-panel.tsx';

export type Integration = { kind: 'webhook'; view: WebhookView } | { kind: 'slack'; view: SlackChannelView };

interface HealthTabProps {
  integration: Integration;
  /** The name of the integration that notices go to. */
  noticesTo: string | null;
  mayWrite: boolean;
}

/** How its deliveries went, what keeps it from working, and what its admins were told. */
export function HealthTab({ integration, noticesTo, mayWrite }: HealthTabProps) {
  const { kind, view } = integration;
  const [{ range }, setUrl] = useAddress({ range: oneOf(HEALTH_RANGE_NAMES, '24h') });
  const health = useQuery({
    ...targetHealthQuery(view.team, kind, view.id, range),
    refetchInterval: 5000,
    placeholderData: keepPreviousData,
  });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 pt-4 xl:grid-cols-[minmax(0,1fr)_320px]">
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
        <Segmented
          aria-label="Period"
          value={range}
          onChange={(next) => setUrl({ range: next })}
          options={HEALTH_RANGE_NAMES.map((name) => ({ value: name, label: HEALTH_RANGES[name].label }))}
          size="sm"
          className="max-w-full overflow-x-auto"
        />
        <QueryState query={health} what="The health" loading={<HealthSkeleton />}>
          {(data) => <Deliveries health={data} />}
        </QueryState>
        <RecentFailures id={view.id} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
        {health.data ? (
          <BreakerPanel breaker={health.data.breaker} disabledReason={view.disabledReason} />
        ) : (
          <Skeleton className="h-36! w-full" />
        )}
        {kind === 'webhook' && <SigningPanel webhook={view} mayWrite={mayWrite} />}
        {health.data && <NoticesPanel notices={health.data.notices} noticesTo={noticesTo} />}
      </div>
    </div>
  );
}

function Deliveries({ health }: { health: TargetHealthView }) {
  const [at, setAt] = useState<number | null>(null);
  const { totals, causes } = health;
  const failed = totals.attempts - totals.delivered;
  const shown = at === null ? null : health.steps[at];
  return (
    <>
      <Stats className="grid! grid-cols-2 sm:grid-cols-4">
        <Stat
          label="Success rate"
          value={totals.successRate === null ? '–' : percentText(totals.successRate)}
          tone={totals.successRate !== null && totals.successRate < 0.95 ? (totals.successRate < 0.5 ? 'danger' : 'warning') : undefined}
          note={failed === 0 ? undefined : `${failed.toLocaleString('en')} failed`}
        />
        <Stat
          label="Attempts"
          value={totals.attempts.toLocaleString('en')}
          note={failed === 0 ? undefined : FAILURE_CAUSES[causes[0]!.cause].label}
        />
        <Stat label="Median" value={totals.latency ? formatDuration(totals.latency.p50) : '–'} note="p50" />
        <Stat
          label="95 % within"
          value={totals.latency ? formatDuration(totals.latency.p95) : '–'}
          note={totals.latency ? `p95; p99 ${formatDuration(totals.latency.p99)}` : 'p95'}
        />
      </Stats>
      {totals.attempts === 0 ? (
        <EmptyState size="inline" title="Nothing was sent in this period">
          Attempts are counted here as they end, by cause and by how long the answer took.
        </EmptyState>
      ) : (
        <>
          <Panel
            title="Attempts"
            end={<span className="pr-1 text-meta text-fg-3 tabular-nums">{totals.attempts.toLocaleString('en')}</span>}
          >
            <DeliveriesChart health={health} at={at} onPoint={setAt} />
          </Panel>
          <Panel title="Latency" end={<span className="pr-1 text-meta text-fg-3">of those that were answered</span>}>
            <LatencyChart health={health} at={at} onPoint={setAt} />
          </Panel>
          <p className="min-h-5 text-meta text-fg-2 tabular-nums" suppressHydrationWarning>
            {shown ? (
              <>
                <span className="font-medium">{stepTime(shown.at, health.stepSeconds)}</span> {stepWords(shown)}
              </>
            ) : (
              'Point at a bar to read it.'
            )}
          </p>
        </>
      )}
    </>
  );
}

function HealthSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4">
      <Skeleton className="h-20! w-full" />
      <Skeleton className="h-60! w-full" />
      <Skeleton className="h-48! w-full" />
    </div>
  );
}
