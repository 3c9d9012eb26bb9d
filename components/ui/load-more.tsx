'use client';

import { ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
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

/** New rows wait behind this line, so nothing moves under the pointer. */
export function NewerLine({ count, onShow }: { count: number; onShow: () => void }) {
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={onShow}
      className="-mx-4 flex h-8 w-[calc(100%+32px)] animate-appear items-center justify-center gap-1.5 border-b border-line bg-accent-tint text-meta font-medium text-accent-text focus-visible:-outline-offset-2 sm:-mx-6 sm:w-[calc(100%+48px)]"
    >
      <ArrowUp className="size-3.5" />
      <span aria-live="polite">{count > 999 ? '1,000+' : count} newer</span>
    </button>
  );
}

/** Says that the list follows what happens, or that it does not at the moment. */
export function LiveSign({ on }: { on: boolean }) {
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-meta text-fg-2">
      <span className={on ? 'size-[7px] rounded-full bg-success' : 'size-[7px] rounded-full border border-neutral'} />
      {on ? 'Live' : 'Reconnecting'}
    </span>
  );
}
