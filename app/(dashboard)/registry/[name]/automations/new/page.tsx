import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { readOnServer } from '#app/server/prefetch.tsx';
import { NewWizard, type Search } from '#app/server/wizard-page.tsx';
import { registryAutomationCrumbs } from '#components/automations/automation-crumbs.ts';
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
    <NewWizard
      subject={subject}
      crumbs={registryAutomationCrumbs(name, search.organization)}
      search={search}
      own={{ scope: `registry:${registry ? `${registry.organization}/` : ''}${name}` }}
    />
  );
}
