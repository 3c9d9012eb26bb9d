import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { EditAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Edit automation' };

export default async function EditAutomationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Prefetched subject={automationQueries.one(id)} also={[sessionQueries.me()]}>
      <EditAutomationScreen id={id} crumbs={[{ label: 'Automations', href: '/automations' }]} />
    </Prefetched>
  );
}
