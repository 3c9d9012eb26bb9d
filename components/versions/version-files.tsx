'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileTable } from '#components/files/file-table.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { type VersionAt, versionDownload, versionQueries } from '#lib/client/versions.ts';
import type { VersionDetail } from '#lib/contracts/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';

/** What the version holds, by path. */
export function VersionFiles({ at, view }: { at: VersionAt; view: VersionDetail }) {
  const files = useInfiniteQuery(versionQueries.files(at));
  const items = files.data?.pages.flatMap((page) => page.items);
  const mayDownload = roleMay(view.role, 'download');
  return (
    <QueryState query={files} what="The files" loading={<FileTable />}>
      {() =>
        items?.length === 0 ? (
          <EmptyState title="No file in this version">
            It came without content: an event told of it, or its script added nothing with artifact.add_file().
          </EmptyState>
        ) : (
          <>
            <FileTable files={items?.map((file) => ({ ...file, href: mayDownload ? versionDownload(at, file.path) : null }))} />
            <LoadMore {...nextPageOf(files)} />
          </>
        )
      }
    </QueryState>
  );
}
