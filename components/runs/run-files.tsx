'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileTable } from '#components/files/file-table.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { projectQueries, runDownloads } from '#lib/client/tracking.ts';
import { type Role, roleMay } from '#lib/domain/permissions.ts';
import type { RunAt } from './run-frame.tsx';

/** What the run uploaded, by path. */
export function RunFiles({ at: { entity, project, run }, role }: { at: RunAt; role: Role | null }) {
  const files = useInfiniteQuery(projectQueries.runFiles(entity, project, run));
  const items = files.data?.pages.flatMap((page) => page.items);
  const mayDownload = roleMay(role, 'download');
  return (
    <QueryState query={files} what="The files" loading={<FileTable withTime />}>
      {() =>
        items?.length === 0 ? (
          <EmptyState title="No file yet">
            The client uploads its console log, config and requirements as the run ends; a script adds its own with run.save().
          </EmptyState>
        ) : (
          <>
            <FileTable
              withTime
              files={items?.map(({ path, sizeBytes, uploadedAt }) => ({
                path,
                sizeBytes,
                at: uploadedAt,
                href: mayDownload ? runDownloads.file(entity, project, run, path) : null,
              }))}
            />
            <LoadMore {...nextPageOf(files)} />
          </>
        )
      }
    </QueryState>
  );
}
