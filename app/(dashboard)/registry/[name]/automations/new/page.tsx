import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched, readOnServer } from '#app/server/prefetch.tsx';
import { type Search, wizardStart } from '#app/server/wizard-start.ts';
import { registryAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
import { NewAutomationScreen } from '#components/automations/wizard/wizard-screen.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { registryQueries } from '#lib/client/tracking.ts';
import type { RegistryView } from '#lib/contracts/tracking.ts';

export const metadata: Metadata = { title: 'New automation' };

type Props = { params: Promise<{ name: string }>; searchParams: Promise<Search & { organization?: string }> };

export default async function NewRegistryAutomationPage({ params, searchParams }: Props) {
  const { name } = await namesOf(params);
  const search = await searchParams;
  const subject = registryQueries.one(name, search.organization);
  const registry = await readOnServer<RegistryView>(subject);
  return (
    <Prefetched subject={subject} also={[sessionQueries.me()]}>
      <NewAutomationScreen
        crumbs={registryAutomationCrumbs(name, search.organization)}
        start={wizardStart(search, { scope: `registry:${registry ? `${registry.organization}/` : ''}${name}` })}
      />
    </Prefetched>
  );
}
