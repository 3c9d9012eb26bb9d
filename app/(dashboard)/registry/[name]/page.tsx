import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { RegistryCollections } from '#components/registry/registry-collections.tsx';
import { collectionQueries, registryQueries } from '#lib/client/tracking.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ organization?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await namesOf(params)).name };
}

export default async function RegistryPage({ params, searchParams }: Props) {
  const { name } = await namesOf(params);
  const { organization } = await searchParams;
  const at = { registry: name, organization };
  return (
    <Prefetched subject={registryQueries.one(name, organization)} also={[collectionQueries.all(at, { q: null })]}>
      <RegistryCollections {...at} />
    </Prefetched>
  );
}
