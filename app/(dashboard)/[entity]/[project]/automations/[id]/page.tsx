import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { projectAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { AutomationScreen } from '#components/automations/automation-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';

export const metadata: Metadata = { title: 'Automation' };

export default async function ProjectAutomationPage({ params }: { params: Promise<{ entity: string; project: string; id: string }> }) {
  const { entity, project, id } = await namesOf(params);
  return (
    <Prefetched subject={automationQueries.one(id)}>
      <AutomationScreen id={id} crumbs={projectAutomationCrumbs(entity, project)} />
    </Prefetched>
  );
}
