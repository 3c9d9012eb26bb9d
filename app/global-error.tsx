'use client';

import './globals.css';
import { PageError } from '#components/layout/page-error.tsx';

interface GlobalErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** Stands in when the root layout itself failed, hence its own document. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Hookline did not load</title>
        <main id="main" className="mx-auto max-w-form px-4 py-16 sm:px-6">
          <PageError title="Hookline did not load" requestId={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
