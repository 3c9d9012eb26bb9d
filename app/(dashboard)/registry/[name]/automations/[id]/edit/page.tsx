import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { EditWizard } from '#app/server/wizard-page.tsx';
import { registryAutomationCrumbs } from '#components/automations/automation-crumbs.ts';

export const metadata: Metadata = { title: 'Edit automation' };

type Props = { params: Promise<{ name: string; id: string }>; searchParams: Promise<{ organization?: string }> };

export default async function EditRegistryAutomationPage({ params, searchParams }: Props) {
  const { name, id } = await namesOf(params);
  const { organization } = await searchParams;
  return <EditWizard id={id} crumbs={registryAutomationCrumbs(name, organization)} />;
}
