'use client';

import { PageError } from '#components/layout/page-error.tsx';

interface ErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** The digest is how Next names the error in the server's log. */
export default function ErrorPage({ error, reset }: ErrorProps) {
  return (
    <main id="main" className="mx-auto min-h-dvh max-w-form px-4 py-16 sm:px-6">
      <PageError requestId={error.digest} onRetry={reset} />
    </main>
  );
}
