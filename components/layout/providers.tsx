'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '#components/ui/toaster.tsx';
import { isRefusal } from '#lib/client/http.ts';

/** What every page needs around it: theme, queries and toasts. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [queries] = useState(makeQueryClient);
  return (
    <ThemeProvider attribute="data-theme" enableColorScheme={false} disableTransitionOnChange nonce={nonce}>
      <QueryClientProvider client={queries}>
        {children}
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}

// What the server prefetched counts as fresh for a while; otherwise every first paint would be fetched twice.
const makeQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: (failures, error) => failures < 1 && !isRefusal(error) } } });
