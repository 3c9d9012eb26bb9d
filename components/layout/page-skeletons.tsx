'use client';

import { Skeleton } from '#components/ui/skeleton.tsx';

/** Title, meta and tabs as bars, where not even those are known yet. */
export function PageHeaderSkeleton({ tabs }: { tabs?: number }) {
  return (
    <div role="status" aria-label="Loading">
      <div className="pt-4 pb-2 sm:pt-5 sm:pb-3.5">
        <div className="flex h-7 items-center">
          <Skeleton className="h-4! w-48" />
        </div>
        <div className="mt-0.5 flex h-5 items-center">
          <Skeleton className="w-72" />
        </div>
      </div>
      {tabs && (
        <div className="-mx-4 flex h-[37px] items-center gap-5 border-b border-line px-4 sm:-mx-6 sm:px-6">
          {Array.from({ length: tabs }, (_, tab) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tabs of a placeholder have no other identity.
            <Skeleton key={tab} className="w-16" />
          ))}
        </div>
      )}
    </div>
  );
}

/** Rows of a list that is no table, between hairlines. `height` is that of the rows that come. */
export function ListSkeleton({ rows = 6, height = 40 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading" className="border-t border-line">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder have no other identity.
        <div key={row} style={{ height }} className="flex items-center gap-4 border-b border-line">
          <Skeleton className="h-4! w-4" />
          <Skeleton className="w-2/5" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
