import type { Metadata } from 'next';
import { EditWizard } from '#app/server/wizard-page.tsx';

export const metadata: Metadata = { title: 'Edit automation' };

export default async function EditAutomationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <EditWizard id={id} crumbs={[{ label: 'Automations', href: '/automations' }]} />;
}
