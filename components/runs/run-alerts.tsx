'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageSquare } from 'lucide-react';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { Badge, State, type Tone } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { projectQueries } from '#lib/client/tracking.ts';
import type { RunAlertView } from '#lib/contracts/run-records.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { RunAt } from './run-frame.tsx';

const REFRESH_MS = 10_000;

const SEVERITY: Record<RunAlertView['severity'], { word: string; tone: Tone }> = {
  info: { word: 'Info', tone: 'info' },
  warn: { word: 'Warning', tone: 'warning' },
  error: { word: 'Error', tone: 'danger' },
};

const DELIVERY: Record<RunAlertView['deliveries'][number]['status'], { word: string; tone: Tone }> = {
  sending: { word: 'Sending', tone: 'info' },
  delivered: { word: 'Delivered', tone: 'success' },
  failed: { word: 'Not delivered', tone: 'danger' },
  skipped: { word: 'Skipped', tone: 'neutral' },
};

/** What the script said of its run, and where that was posted. */
export function RunAlerts({ at: { entity, project, run } }: { at: RunAt }) {
  const alerts = useInfiniteQuery({ ...projectQueries.runAlerts(entity, project, run), refetchInterval: REFRESH_MS });
  const items = alerts.data?.pages.flatMap((page) => page.items);
  return (
    <QueryState query={alerts} what="The alerts" loading={<ListSkeleton rows={3} height={88} />}>
      {() =>
        items?.length === 0 ? (
          <EmptyState title="No alert yet">
            A script raises one with <code className="font-mono text-code">run.alert(title, text)</code>. It is kept here and posted to the
            Slack channels of {entity} that receive run alerts.
          </EmptyState>
        ) : (
          <>
            <ul className="-mx-4 sm:-mx-6">
              {items?.map((alert) => (
                <AlertItem key={alert.id} alert={alert} entity={entity} />
              ))}
            </ul>
            <LoadMore {...nextPageOf(alerts)} />
          </>
        )
      }
    </QueryState>
  );
}

function AlertItem({ alert, entity }: { alert: RunAlertView; entity: string }) {
  const { word, tone } = SEVERITY[alert.severity];
  return (
    <li className="grid gap-1.5 border-b border-line px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Badge tone={tone}>{word}</Badge>
        <h2 className="min-w-0 text-base font-medium wrap-anywhere">{alert.title}</h2>
        <RelativeTime at={alert.at} copyable className="text-meta text-fg-3" />
      </div>
      {alert.text && <p className="max-w-[88ch] text-small whitespace-pre-line wrap-anywhere text-fg-2">{alert.text}</p>}
      {alert.deliveries.length === 0 ? (
        <p className="text-meta text-fg-3">
          No channel received run alerts then. <TextLink href={pagePaths.teamSettings(entity, 'slack')}>Choose one under Slack</TextLink>
        </p>
      ) : (
        <ul className="grid gap-1">
          {alert.deliveries.map((delivery) => (
            <Delivery key={delivery.channel} delivery={delivery} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Delivery({ delivery: { channel, status, error } }: { delivery: RunAlertView['deliveries'][number] }) {
  const { word, tone } = DELIVERY[status];
  return (
    <li className="flex flex-wrap items-center gap-x-2 text-meta">
      <span className="inline-flex items-center gap-1">
        <MessageSquare className="size-3.5 text-fg-3" />
        {channel.startsWith('#') ? channel : `#${channel}`}
      </span>
      <State tone={tone}>{word}</State>
      {error && <span className="min-w-0 text-fg-2 wrap-anywhere">{error}</span>}
    </li>
  );
}
