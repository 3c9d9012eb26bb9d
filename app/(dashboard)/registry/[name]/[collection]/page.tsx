import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { collectionScope } from '#components/registry/collection-scope.ts';
import { CollectionScreen } from '#components/registry/collection-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { collectionQueries } from '#lib/client/tracking.ts';

type Props = { params: Promise<{ name: string; collection: string }>; searchParams: Promise<{ organization?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await namesOf(params)).collection };
}

export default async function RegistryCollectionPage({ params, searchParams }: Props) {
  const { name, collection } = await namesOf(params);
  const { organization } = await searchParams;
  const at = { registry: name, organization };
  return (
    <Prefetched
      subject={collectionQueries.one(at, collection)}
      also={[collectionQueries.versions(at, collection), automationQueries.watching(collectionScope(at, collection))]}
    >
      <CollectionScreen at={at} collection={collection} />
    </Prefetched>
  );
}
