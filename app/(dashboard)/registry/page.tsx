import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { RegistriesScreen } from '#components/registry/registries-screen.tsx';
import { registryQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Registry' };

export default async function RegistriesPage({ searchParams }: { searchParams: Promise<{ organization?: string }> }) {
  const { organization } = await searchParams;
  return (
    <Prefetched also={[registryQueries.all({ organization })]}>
      <RegistriesScreen organization={organization} />
    </Prefetched>
  );
}
