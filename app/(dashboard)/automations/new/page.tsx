import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { type Search, wizardStart } from '#app/server/wizard-start.ts';
import { NewAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'New automation' };

export default async function NewAutomationPage({ searchParams }: { searchParams: Promise<Search> }) {
  return (
    <Prefetched also={[sessionQueries.me()]}>
      <NewAutomationScreen crumbs={[{ label: 'Automations', href: '/automations' }]} start={wizardStart(await searchParams)} />
    </Prefetched>
  );
}
