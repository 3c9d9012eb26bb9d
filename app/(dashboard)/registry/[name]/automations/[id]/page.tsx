import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { registryAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { AutomationScreen } from '#components/automations/automation-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';

export const metadata: Metadata = { title: 'Automation' };

type Props = { params: Promise<{ name: string; id: string }>; searchParams: Promise<{ organization?: string }> };

export default async function RegistryAutomationPage({ params, searchParams }: Props) {
  const { name, id } = await namesOf(params);
  const { organization } = await searchParams;
  return (
    <Prefetched subject={automationQueries.one(id)}>
      <AutomationScreen id={id} crumbs={registryAutomationCrumbs(name, organization)} />
    </Prefetched>
  );
}
