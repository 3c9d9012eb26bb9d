'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { deadLetterQueries } from '#lib/client/dead-letters.ts';
import { followExecutions } from '#lib/client/execution-stream.ts';
import { apiKey } from '#lib/client/query.ts';
import { oneReadAtATime } from '#lib/client/read-again.ts';
import type { InboxUrl } from './dead-letter-filters.tsx';
import { SINCE_PRESETS } from './replay-since.ts';

/** The inbox as its address narrows it, following what fails and what is replayed. */
export function useDeadLetters({ period, ...narrowed }: InboxUrl) {
  // Fixed while the filter stays, or the query's key would change with every render.
  const since = useMemo(
    () => (period ? new Date(Math.floor(Date.now() / 60_000) * 60_000 - SINCE_PRESETS[period].ms).toISOString() : undefined),
    [period],
  );
  const search = { ...narrowed, since };
  const rows = useInfiniteQuery(deadLetterQueries.list(search));
  const summary = useQuery(deadLetterQueries.summary(search));
  const replays = useQuery({
    ...deadLetterQueries.newestReplays(),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status, outcome }) => status === 'running' || outcome.waiting > 0) ? 1000 : 5000,
  });
  useFollowFailures();
  return { rows, summary, replays: replays.data?.items ?? [] };
}

/** A storm of executions is one question at a time. */
function useFollowFailures() {
  const client = useQueryClient();
  useEffect(() => {
    const readAgain = oneReadAtATime(client);
    const read = () => readAgain(apiKey('/dead-letters'));
    return followExecutions({
      onState: (live, caughtUp) => live && !caughtUp && read(),
      onRow: ({ status }) => status !== 'skipped' && read(),
    });
  }, [client]);
}
