import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { AutomationsScreen } from '#components/automations/automations-screen.tsx';

export const metadata: Metadata = { title: 'Automations' };

export default async function AutomationsPage({ searchParams }: { searchParams: Promise<{ view?: string }> }) {
  const { view } = await searchParams;
  return (
    <Prefetched>
      <AutomationsScreen view={view === 'history' ? 'history' : 'list'} />
    </Prefetched>
  );
}
