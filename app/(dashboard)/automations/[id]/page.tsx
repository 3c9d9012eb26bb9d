import type { Metadata } from 'next';
import { type Asked, automationFirst } from '#app/server/first-lists.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { AutomationScreen } from '#components/automations/automation-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';

export const metadata: Metadata = { title: 'Automation' };

export default async function AutomationPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Promise<Asked> }) {
  const { id } = await params;
  return (
    <Prefetched subject={automationQueries.one(id)} also={automationFirst(await searchParams, id)}>
      <AutomationScreen id={id} crumbs={[{ label: 'Automations', href: '/automations' }]} />
    </Prefetched>
  );
}
