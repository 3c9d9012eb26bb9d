import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { registryAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { EditAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Edit automation' };

type Props = { params: Promise<{ name: string; id: string }>; searchParams: Promise<{ organization?: string }> };

export default async function EditRegistryAutomationPage({ params, searchParams }: Props) {
  const { name, id } = await namesOf(params);
  const { organization } = await searchParams;
  return (
    <Prefetched subject={automationQueries.one(id)} also={[sessionQueries.me()]}>
      <EditAutomationScreen id={id} crumbs={registryAutomationCrumbs(name, organization)} />
    </Prefetched>
  );
}
