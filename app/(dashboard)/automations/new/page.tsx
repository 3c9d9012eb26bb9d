import type { Metadata } from 'next';
import { NewWizard, type Search } from '#app/server/wizard-page.tsx';

export const metadata: Metadata = { title: 'New automation' };

export default async function NewAutomationPage({ searchParams }: { searchParams: Promise<Search> }) {
  return <NewWizard crumbs={[{ label: 'Automations', href: '/automations' }]} search={await searchParams} />;
}
