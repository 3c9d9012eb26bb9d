'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { deadLetterQueries } from '#lib/client/dead-letters.ts';
import { FAILURE_CAUSES } from '#lib/domain/failure-causes.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** What was given up lately, of what the reader may see. */
export function RecentFailures({ id }: { id: string }) {
  const failed = useInfiniteQuery(deadLetterQueries.newestOf(id));
  const rows = failed.data?.pages[0]?.items ?? [];
  return (
    <section aria-label="Failed for good">
      <SectionHeader
        title="Failed for good"
        level={3}
        end={rows.length > 0 && <TextLink href={pagePaths.deadLetters({ webhook: id })}>All, and replay</TextLink>}
      />
      {failed.isPending && <Skeleton className="my-3 w-64" />}
      {failed.isError && <p className="border-t border-line py-3 text-small text-danger-text">{failed.error.message}</p>}
      {failed.data && rows.length === 0 && <p className="border-t border-line py-3 text-small text-fg-2">Nothing.</p>}
      {rows.length > 0 && (
        <ul className="border-t border-line">
          {rows.map((row) => (
            <li key={row.id}>
              <Link
                href={pagePaths.execution(row.id)}
                prefetch={false}
                className="flex min-h-9 items-center gap-3 border-b border-line text-small hover:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate">
                  <span className="font-medium">{row.automation.name}</span> <span className="text-fg-2">{row.title}</span>
                </span>
                <Badge tone="danger" icon={null} className="max-sm:hidden">
                  {row.cause === null ? 'Failed' : FAILURE_CAUSES[row.cause].label}
                </Badge>
                <RelativeTime at={row.finishedAt ?? row.createdAt} className="w-20 flex-none text-right text-meta text-fg-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
