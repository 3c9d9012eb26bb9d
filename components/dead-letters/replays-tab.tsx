'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { ReadError } from '#components/layout/query-state.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { deadLetterQueries } from '#lib/client/dead-letters.ts';
import { ReplayProgress } from './replay-progress.tsx';

/** Every replay of many, newest first. */
export function ReplaysTab() {
  const replays = useInfiniteQuery({
    ...deadLetterQueries.replays(),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'running')) ? 1000 : 15_000,
  });
  if (replays.isPending) return <ListSkeleton rows={3} height={88} />;
  if (replays.isError) return <ReadError error={replays.error} what="The replays" onRetry={() => void replays.refetch()} />;
  const items = replays.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState title="No replay yet">
        When a receiver was down for a while, everything that failed since then can be sent again at once: its progress stands here.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Replays">
        {items.map((replay) => (
          <ReplayProgress key={replay.id} replay={replay} />
        ))}
      </ul>
      <LoadMore {...nextPageOf(replays)} />
    </>
  );
}
