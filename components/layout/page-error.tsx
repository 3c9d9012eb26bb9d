'use client';

import type { ReactNode } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';

interface PageErrorProps {
  title?: string;
  requestId?: string;
  onRetry?: () => void;
  retrying?: boolean;
  children?: ReactNode;
}

/** A whole page that did not load. */
export function PageError({ title = 'This page did not load', requestId, onRetry, retrying, children }: PageErrorProps) {
  return (
    <ErrorState className="py-10" heading="h1" title={title} requestId={requestId} onRetry={onRetry} retrying={retrying}>
      {children ??
        'Something went wrong on our side. Trying again often helps; if not, give the request id to whoever runs this installation.'}
    </ErrorState>
  );
}
