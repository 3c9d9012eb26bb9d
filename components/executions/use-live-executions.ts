'use client';

import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { followExecutions } from '#lib/client/execution-stream.ts';
import { apiKey, segment } from '#lib/client/query.ts';
import { oneReadAtATime } from '#lib/client/read-again.ts';
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
    const readAgain = oneReadAtATime(client);
    return followExecutions({
      onState(next, caughtUp) {
        // A stream ends when rights are gone, so what is shown is asked for at once; and what happened while nobody listened, once it is there.
        if (wasLive !== next && (next ? !caughtUp : wasLive === true)) {
          setWaiting([]);
          readAgain(apiKey('/'));
        }
        wasLive = next;
        setLive(next);
      },
      onRow(row) {
        void client.invalidateQueries({ queryKey: apiKey(`/executions/${row.id}`) });
        readAgain(apiKey('/executions/counts'));
        // What the header around the history says of its automation, project or registry has changed, too.
        readAgain(apiKey(`/automations/${row.automation.id}`));
        readAgain(apiKey(placePath(row.event)));
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
