'use client';

import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { countOf } from '#components/layout/count-text.ts';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import type { ExplainedAutomation, ExplanationPage } from '#lib/contracts/explain.ts';
import { ExplainedRow } from './explained-row.tsx';

type Outcome = ExplainedAutomation['outcome'];

const GROUPS: readonly { title: string; outcomes: readonly Outcome[] }[] = [
  { title: 'Fired', outcomes: ['fired'] },
  { title: 'Matched, but did not go out', outcomes: ['skipped', 'held_back'] },
  { title: 'Did not fire', outcomes: ['would_match', 'did_not_match', 'not_happened'] },
  { title: 'Was not listening', outcomes: ['not_listening'] },
];

interface ExplanationProps<Page extends ExplanationPage> {
  query: UseInfiniteQueryResult<InfiniteData<Page>>;
  /** "acme/vision": the place that the others watch. */
  place: string;
  /** What to do where nothing watches. */
  empty: ReactNode;
}

/** Which automations saw something, by what came of it; each opens to its reasons, clause by clause. */
export function Explanation<Page extends ExplanationPage>({ query, place, empty }: ExplanationProps<Page>) {
  return (
    <QueryState query={query} what="The explanation" loading={<ListSkeleton rows={4} height={56} />}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const { others, note } = pages[0]!;
        return (
          <>
            {items.length === 0 && <EmptyState title="No automation waits for this here">{empty}</EmptyState>}
            {GROUPS.map(({ title, outcomes }) => (
              <Group key={title} title={title} items={items.filter(({ outcome }) => outcomes.includes(outcome))} />
            ))}
            <LoadMore
              {...nextPageOf(query)}
              start={
                <>
                  {others.count > 0 && `${countOf(others, 'more automation')} ${watch(others)} ${place} for other events. `}
                  {note}
                </>
              }
            />
          </>
        );
      }}
    </QueryState>
  );
}

const watch = ({ count }: { count: number }) => (count === 1 ? 'watches' : 'watch');

function Group({ title, items }: { title: string; items: readonly ExplainedAutomation[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <SectionHeader title={title} note={items.length} className="pt-5" />
      <ul className="-mx-4 border-t border-line sm:-mx-6">
        {items.map((item) => (
          <ExplainedRow key={item.automation.id} item={item} />
        ))}
      </ul>
    </section>
  );
}
