import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { RegistrySettingsScreen } from '#components/settings/registry-settings-screen.tsx';
import { registryQueries } from '#lib/client/tracking.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ organization?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Settings of ${(await namesOf(params)).name}` };
}

export default async function RegistrySettingsPage({ params, searchParams }: Props) {
  const { name } = await namesOf(params);
  const { organization } = await searchParams;
  return (
    <Prefetched subject={registryQueries.one(name, organization)} also={[registryQueries.members(name, organization)]}>
      <RegistrySettingsScreen registry={name} organization={organization} />
    </Prefetched>
  );
}
