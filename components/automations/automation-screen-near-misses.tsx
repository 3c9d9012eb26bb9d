'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { DecisionClauses } from '#components/executions/decision-clauses.tsx';
import { JudgedWindows } from '#components/explain/judged-windows.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import type { NearMissesView } from '#lib/contracts/automations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { Verdict } from './verdict.tsx';

type NearMiss = NearMissesView['items'][number];

const SHOWN_FIRST = 3;
const REFRESH_MS = 15_000;

/** What stands in its way, then what it judged lately without firing, each with the clause that decided; opens to all of them. */
export function AutomationNearMisses({ id }: { id: string }) {
  const misses = useQuery({ ...automationQueries.nearMisses(id), refetchInterval: REFRESH_MS });
  const [all, setAll] = useState(false);
  return (
    <section aria-labelledby="near-misses">
      <h2 id="near-misses" className="pb-2 text-small font-semibold">
        Why it did not fire
      </h2>
      <Panel padded={false}>
        <QueryState query={misses} what="What did not fire" loading={<Skeleton className="m-3 w-64" />}>
          {({ items, verdict, heldBack }) => (
            <>
              <Verdict verdict={verdict} />
              <ul className="divide-y divide-line border-line not-empty:border-t">
                {items.slice(0, all ? undefined : SHOWN_FIRST).map((miss, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: many may be of one moment, and none has an id.
                  <NearMissRow key={`${miss.at} ${index}`} miss={miss} />
                ))}
              </ul>
              {heldBack > 0 && (
                <p className="border-t border-line px-3 py-2 text-small text-fg-2">
                  {heldBack === 1 ? '1 more match came' : `${heldBack.toLocaleString('en')} more matches came`} within 24 hours of a firing
                  for the same run, and did not fire again.
                </p>
              )}
              {!all && items.length > SHOWN_FIRST && (
                <div className="border-t border-line p-2">
                  <Button onClick={() => setAll(true)}>Show all {items.length}</Button>
                </div>
              )}
            </>
          )}
        </QueryState>
      </Panel>
    </section>
  );
}

function NearMissRow({ miss: { at, title, decision, event } }: { miss: NearMiss }) {
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-9 cursor-default flex-wrap items-center gap-x-2 px-3 py-1.5 text-small hover:bg-hover">
          <ChevronRight className="size-3.5 flex-none text-fg-3 transition-transform duration-fast group-open:rotate-90" />
          <span className="max-w-64 truncate font-mono text-[12px]" title={title}>
            {title}
          </span>
          <span className="min-w-48 flex-1 text-fg-2 wrap-anywhere">
            {decision.clauses.find(({ holds }) => !holds)?.text ?? 'The conditions were not met.'}
          </span>
          <span className="flex-none text-fg-3">
            <RelativeTime at={at} />
          </span>
        </summary>
        <div className="px-3 pb-3">
          <DecisionClauses decision={decision} />
          {decision.evidence && <JudgedWindows evidence={decision.evidence} />}
          {event && (
            <p className="pt-2 text-small">
              <TextLink href={pagePaths.event(event.id)}>Open the event</TextLink>
            </p>
          )}
        </div>
      </details>
    </li>
  );
}
