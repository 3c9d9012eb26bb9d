'use client';

import { ErrorState } from '#components/ui/error-state.tsx';
import { ApiError } from '#lib/client/http.ts';

export function ExecutionError({ what = 'This execution', error, onRetry }: { what?: string; error: Error; onRetry: () => void }) {
  return (
    <ErrorState
      title={`${what} could not be read`}
      requestId={error instanceof ApiError ? (error.requestId ?? undefined) : undefined}
      onRetry={onRetry}
    >
      {error.message}
    </ErrorState>
  );
}
