import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { projectAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { EditAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Edit automation' };

export default async function EditProjectAutomationPage({ params }: { params: Promise<{ entity: string; project: string; id: string }> }) {
  const { entity, project, id } = await namesOf(params);
  return (
    <Prefetched subject={automationQueries.one(id)} also={[sessionQueries.me()]}>
      <EditAutomationScreen id={id} crumbs={projectAutomationCrumbs(entity, project)} />
    </Prefetched>
  );
}
