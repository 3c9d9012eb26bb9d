import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { type Search, wizardStart } from '#app/server/wizard-start.ts';
import { projectAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { NewAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'New automation' };

type Props = { params: Promise<{ entity: string; project: string }>; searchParams: Promise<Search> };

export default async function NewProjectAutomationPage({ params, searchParams }: Props) {
  const { entity, project } = await namesOf(params);
  return (
    <Prefetched subject={projectQueries.one(entity, project)} also={[sessionQueries.me()]}>
      <NewAutomationScreen
        crumbs={projectAutomationCrumbs(entity, project)}
        start={wizardStart(await searchParams, { scope: `project:${entity}/${project}` })}
      />
    </Prefetched>
  );
}
