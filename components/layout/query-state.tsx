'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';
import { ApiError, isRefusal, messageOf } from '#lib/client/http.ts';

type Read<Data> = Pick<UseQueryResult<Data>, 'data' | 'error' | 'isError' | 'isPending' | 'isFetching'> & { refetch: () => unknown };

interface QueryStateProps<Data> {
  query: Read<Data>;
  /** "The runs": the subject of "… could not be read". */
  what: string;
  loading: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Three of the four states of anything that is read: loading, error with its request id, data. What is empty, the caller says. */
export function QueryState<Data>({ query, what, loading, children }: QueryStateProps<Data>) {
  if (query.data !== undefined && !isGone(query.error)) return children(query.data);
  if (query.isError) return <ReadError error={query.error} what={what} retrying={query.isFetching} onRetry={() => void query.refetch()} />;
  return loading;
}

/** Another session may be opened in another tab: until then what was typed around here stays. */
const isGone = (error: unknown) => isRefusal(error) && !(error instanceof ApiError && error.code === 'unauthenticated');

export function ReadError({ error, what, onRetry, retrying }: { error: unknown; what: string; onRetry: () => void; retrying?: boolean }) {
  const refusal = error instanceof ApiError ? error : null;
  return (
    <ErrorState title={`${what} could not be read`} requestId={refusal?.requestId ?? undefined} onRetry={onRetry} retrying={retrying}>
      {messageOf(error)}
    </ErrorState>
  );
}
