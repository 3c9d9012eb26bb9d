import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { EditWizard } from '#app/server/wizard-page.tsx';
import { projectAutomationCrumbs } from '#components/automations/automation-crumbs.ts';

export const metadata: Metadata = { title: 'Edit automation' };

export default async function EditProjectAutomationPage({ params }: { params: Promise<{ entity: string; project: string; id: string }> }) {
  const { entity, project, id } = await namesOf(params);
  return <EditWizard id={id} crumbs={projectAutomationCrumbs(entity, project)} />;
}
