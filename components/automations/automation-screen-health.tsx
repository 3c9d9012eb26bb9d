'use client';

import { useQuery } from '@tanstack/react-query';
import { countText } from '#components/layout/count-text.ts';
import { DotsStrip } from '#components/ui/dots-strip.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Stat, Stats } from '#components/ui/stat.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';

/** The numbers people come for: did it fire, did it arrive. */
export function AutomationHealth({ automation }: { automation: AutomationView }) {
  const counts = useQuery({ ...executionQueries.counts({ automation: automation.id }), refetchInterval: 15_000 }).data;
  const settled = automation.recent.filter(({ status }) => status === 'finished' || status === 'failed');
  const good = settled.filter(({ status }) => status === 'finished').length;
  return (
    <Stats>
      <Stat label="Last fired" value={automation.lastFiredAt === null ? 'Never' : <RelativeTime at={automation.lastFiredAt} />} />
      <Stat label="Succeeded" value={counts && countText(counts.finished)} />
      <Stat label="Failed" value={counts && countText(counts.failed)} tone={counts?.failed.count ? 'danger' : undefined} />
      <Stat label="Skipped" value={counts && countText(counts.skipped)} />
      <Stat
        label="Last 20 executions"
        value={settled.length ? `${Math.round((100 * good) / settled.length)} %` : '–'}
        note={
          automation.recent.length > 0 && (
            <DotsStrip
              label="Last 20 executions"
              marks={automation.recent.map(({ status }) => (status === 'running' ? 'pending' : status))}
            />
          )
        }
      />
    </Stats>
  );
}
