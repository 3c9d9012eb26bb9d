import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { AutomationScreen } from '#components/automations/automation-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';

export const metadata: Metadata = { title: 'Automation' };

export default async function AutomationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Prefetched subject={automationQueries.one(id)}>
      <AutomationScreen id={id} crumbs={[{ label: 'Automations', href: '/automations' }]} />
    </Prefetched>
  );
}
