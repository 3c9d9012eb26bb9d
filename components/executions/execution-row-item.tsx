'use client';

import Link from 'next/link';
import { cn } from '#components/ui/class-names.ts';
import { formatDuration } from '#components/ui/format-time.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { ExecutionRow } from '#lib/contracts/automations.ts';
import { ExecutionSign } from './execution-state.tsx';
import { TargetName } from './target-name.tsx';

/** One row of the history: what fired, what triggered it, where it went, how it ended, when. */
export function ExecutionRowItem({ row, href, current }: { row: ExecutionRow; href: string; current: boolean }) {
  return (
    <li
      aria-current={current || undefined}
      className={cn('border-b border-line', current && 'bg-accent-tint shadow-[inset_2px_0_0_var(--accent)]')}
    >
      <Link
        href={href}
        scroll={false}
        className="flex min-h-[59px] gap-3 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2 sm:px-6"
      >
        <span className="pt-0.5">
          <ExecutionSign execution={row} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-3">
            <span className="truncate font-medium">
              {row.automation.name}
              {row.automation.deleted && <span className="font-normal text-fg-3"> (deleted)</span>}
              {row.manual && <span className="font-normal text-fg-3"> · run by hand</span>}
            </span>
            <RelativeTime at={row.createdAt} className="flex-none text-meta text-fg-3" />
          </span>
          <span className="flex items-baseline gap-x-1.5 text-small text-fg-2 max-sm:flex-wrap">
            <span className="min-w-0 truncate">{row.title}</span>
            <TargetName {...row.target} />
            <span
              className={cn(
                'ml-auto truncate pl-1.5 tabular-nums',
                row.status === 'skipped' ? 'min-w-0 shrink-[8]' : 'flex-none', // a reason may be cut: it is told in full inside
                row.status === 'failed' || (row.status === 'pending' && row.failedTries > 0) ? 'text-danger-text' : 'text-fg-3',
              )}
            >
              {endOf(row)}
            </span>
          </span>
        </span>
      </Link>
    </li>
  );
}

function endOf(row: ExecutionRow): string {
  if (row.status === 'skipped') return row.reason ?? 'skipped';
  if (row.status === 'pending' && row.failedTries > 0) return `${row.failedTries} of ${row.tries} tries failed`;
  if (row.status === 'failed') return row.lastStatus ? `answered ${row.lastStatus}` : (row.reason ?? 'failed');
  if (row.status === 'finished' && row.durationMs !== null)
    return row.failedTries > 0 && row.finishedAt !== null
      ? `${row.failedTries + 1} tries over ${formatDuration(row.finishedAt - row.createdAt)}`
      : formatDuration(row.durationMs);
  return '';
}
