import type { Metadata } from 'next';
import { type Asked, automationsFirst, historyFirst } from '#app/server/first-lists.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { AutomationsScreen } from '#components/automations/automations-screen.tsx';

export const metadata: Metadata = { title: 'Automations' };

export default async function AutomationsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams;
  const view = asked.view === 'history' ? 'history' : 'list';
  return (
    <Prefetched also={view === 'history' ? historyFirst(asked, {}) : automationsFirst(asked)}>
      <AutomationsScreen view={view} />
    </Prefetched>
  );
}
