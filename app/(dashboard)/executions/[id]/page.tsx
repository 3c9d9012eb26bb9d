import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ExecutionScreen } from '#components/executions/execution-screen.tsx';
import { executionQueries } from '#lib/client/executions.ts';

export const metadata: Metadata = { title: 'Execution' };

export default async function ExecutionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Prefetched subject={executionQueries.one(id)}>
      <ExecutionScreen id={id} />
    </Prefetched>
  );
}
