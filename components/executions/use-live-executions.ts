'use client';

import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { followExecutions } from '#lib/client/execution-stream.ts';
import { apiKey, segment } from '#lib/client/query.ts';
import type { ExecutionRow } from '#lib/contracts/automations.ts';
import type { Page } from '#lib/contracts/view.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';

type Rows = InfiniteData<Page<ExecutionRow>, string | undefined>;

/**
 * Keeps a loaded history true: rows that are shown change where they stand; new ones are counted and wait until `show` is
 * called, or appear at once while `still()` says that nobody is reading.
 */
export function useLiveExecutions(queryKey: readonly unknown[], belongs: (row: ExecutionRow) => boolean, still: () => boolean) {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  const [waiting, setWaiting] = useState<ExecutionRow[]>([]);
  const latest = useRef({ queryKey, belongs, still });
  latest.current = { queryKey, belongs, still };

  const insert = useCallback(
    (rows: ExecutionRow[]) => {
      client.setQueryData<Rows>(latest.current.queryKey, (data) => {
        const [first, ...rest] = data?.pages ?? [];
        if (!data || !first) return data;
        const shown = new Set(data.pages.flatMap((page) => page.items.map((item) => item.id)));
        const fresh = rows.filter((row) => !shown.has(row.id));
        return { ...data, pages: [{ ...first, items: [...fresh, ...first.items] }, ...rest] };
      });
    },
    [client],
  );

  useEffect(() => {
    let wasLive: boolean | null = null;
    return followExecutions({
      onState(next, caughtUp) {
        // What happened while nobody listened is fetched once the stream is there.
        if (next && !caughtUp && wasLive !== true) void client.invalidateQueries({ queryKey: apiKey('/executions') });
        wasLive = next;
        setLive(next);
      },
      onRow(row) {
        void client.invalidateQueries({ queryKey: apiKey(`/executions/${row.id}`) });
        // One count at a time: a storm of executions is no storm of questions.
        void client.invalidateQueries({ queryKey: apiKey('/executions/counts') }, { cancelRefetch: false });
        // What the header around the history says of its project or registry is counted again, too.
        void client.invalidateQueries({ queryKey: apiKey(placePath(row.event)) }, { cancelRefetch: false });
        const { queryKey: key, belongs: mine, still: idle } = latest.current;
        const data = client.getQueryData<Rows>(key);
        if (data?.pages.some((page) => page.items.some((item) => item.id === row.id))) {
          client.setQueryData<Rows>(key, (old) => old && { ...old, pages: old.pages.map((page) => replaceRow(page, row)) });
        } else if (mine(row)) {
          if (idle()) insert([row]);
          else setWaiting((rows) => [row, ...rows.filter(({ id }) => id !== row.id)]);
        }
      },
    });
  }, [client, insert]);

  const show = useCallback(() => {
    setWaiting((rows) => {
      if (rows.length) queueMicrotask(() => insert(rows));
      return [];
    });
  }, [insert]);

  return { live, waiting: waiting.length, show };
}

const placePath = ({ entity, project }: ExecutionRow['event']) =>
  project.startsWith(REGISTRY_PROJECT_PREFIX)
    ? `/registries/${segment(registryNameOf(project))}`
    : `/projects/${segment(entity)}/${segment(project)}`;

const replaceRow = (page: Page<ExecutionRow>, row: ExecutionRow): Page<ExecutionRow> => ({
  ...page,
  items: page.items.map((item) => (item.id === row.id ? row : item)),
});
