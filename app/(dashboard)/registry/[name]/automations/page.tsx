import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { RegistryAutomations } from '#components/registry/registry-automations.tsx';
import { registryQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Automations' };

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ organization?: string; view?: string }> };

export default async function RegistryAutomationsPage({ params, searchParams }: Props) {
  const { name } = await namesOf(params);
  const { organization, view } = await searchParams;
  return (
    <Prefetched subject={registryQueries.one(name, organization)}>
      <RegistryAutomations registry={name} organization={organization} view={view === 'history' ? 'history' : 'list'} />
    </Prefetched>
  );
}
