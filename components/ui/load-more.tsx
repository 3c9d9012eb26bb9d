'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';

interface LoadMoreProps {
  onMore?: () => void;
  loading?: boolean;
  /** What stands at the left: the key of the dots, a note. */
  start?: ReactNode;
  /** How many there are, in words: "24 automations", "1,000+ executions". */
  count?: ReactNode;
}

/** The foot of a list. Without `onMore` all of it is shown. */
export function LoadMore({ onMore, loading, start, count }: LoadMoreProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-3 text-meta text-fg-3">
      <div>{start}</div>
      <div className="flex items-center gap-3">
        {count && <span className="tabular-nums">{count}</span>}
        {onMore && (
          <Button size="sm" onClick={onMore} loading={loading}>
            Load more
          </Button>
        )}
      </div>
    </div>
  );
}

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The part of `LoadMore` that a list read page by page fills in. */
export const nextPageOf = ({ hasNextPage, isFetchingNextPage, fetchNextPage }: Pages): Pick<LoadMoreProps, 'onMore' | 'loading'> => ({
  onMore: hasNextPage ? () => void fetchNextPage() : undefined,
  loading: isFetchingNextPage,
});

const PIECE = 100;

interface InPiecesProps<Item> extends Pick<LoadMoreProps, 'start' | 'count'> {
  items: readonly Item[];
  children: (shown: readonly Item[]) => ReactNode;
}

/** A list that is there whole, shown a piece at a time. */
export function InPieces<Item>({ items, children, ...foot }: InPiecesProps<Item>) {
  const [shown, setShown] = useState(PIECE);
  const more = items.length > shown;
  return (
    <>
      {children(items.slice(0, shown))}
      {(more || foot.start || foot.count) && <LoadMore {...foot} onMore={more ? () => setShown(shown + PIECE) : undefined} />}
    </>
  );
}
