import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { NewWizard, type Search } from '#app/server/wizard-page.tsx';
import { projectAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'New automation' };

type Props = { params: Promise<{ entity: string; project: string }>; searchParams: Promise<Search> };

export default async function NewProjectAutomationPage({ params, searchParams }: Props) {
  const { entity, project } = await namesOf(params);
  return (
    <NewWizard
      subject={projectQueries.one(entity, project)}
      crumbs={projectAutomationCrumbs(entity, project)}
      search={await searchParams}
      own={{ scope: `project:${entity}/${project}` }}
    />
  );
}
