'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { ApiError } from '#lib/client/http.ts';
import type { RecentMatches } from '#lib/contracts/automations.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import { MatchRow } from './match-row.tsx';
import { stepOfPath } from './steps.ts';
import type { Matches } from './use-matches.ts';
import { useValues } from './wizard-form.ts';

const BacktestSection = dynamic(() => import('./backtest-section.tsx').then((file) => file.BacktestSection), {
  loading: () => <SkeletonText lines={2} />,
});
const MatchChart = dynamic(() => import('./match-chart.tsx').then((file) => file.MatchChart));

/** What would have fired over recent events, with the reason for each. */
export function PreviewEvent({ matches }: { matches: Matches }) {
  if (!matches.asked) return <p className="text-small text-fg-2">Choose a scope to see which recent events would have fired.</p>;
  if (matches.data) return <Answer data={matches.data} />;
  if (matches.isError) {
    const refusal = matches.error instanceof ApiError ? matches.error : null;
    return (
      <ErrorState
        heading="h3"
        title="Recent events could not be judged"
        requestId={refusal?.requestId ?? undefined}
        onRetry={() => void matches.refetch()}
      >
        {matches.error.message}
      </ErrorState>
    );
  }
  return <SkeletonText lines={8} />;
}

function Answer({ data }: { data: RecentMatches }) {
  const values = useValues();
  const [only, setOnly] = useState<'all' | 'fired'>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const fired = data.events.filter(({ decision }) => decision.kind === 'fire');
  const shown = only === 'fired' ? fired : data.events;
  const hasChart = isMetricEvent(values.on);
  const charted = data.events.find(({ event }) => event.id === chosen) ?? fired[0] ?? data.events[0];
  const problem = data.problems.find(({ severity, path }) => severity === 'error' && stepOfPath(path) === 'event');
  return (
    <div className="flex flex-col gap-4">
      {problem ? <Callout>{problem.message}</Callout> : <p className="text-fg-2">{data.summary}</p>}
      {charted && hasChart && <MatchChart match={charted} />}
      {data.events.length > 0 && (
        <section>
          <div className="flex items-center justify-between gap-2 pb-2">
            <h3 className="text-small font-semibold">{hasChart ? 'Recent runs' : 'Recent events'}</h3>
            <Segmented
              size="sm"
              aria-label="Which events"
              value={only}
              onChange={setOnly}
              options={[
                { value: 'all', label: 'All', count: data.events.length },
                { value: 'fired', label: 'Fired', count: fired.length },
              ]}
            />
          </div>
          <ul className="border-t border-line">
            {shown.map((match) => (
              <MatchRow
                key={match.event.id}
                match={match}
                charted={hasChart && match === charted}
                onOpen={() => setChosen(match.event.id)}
              />
            ))}
          </ul>
          {shown.length === 0 && <p className="py-3 text-small text-fg-2">None of these would have fired.</p>}
        </section>
      )}
      {!problem && <BacktestSection />}
    </div>
  );
}
