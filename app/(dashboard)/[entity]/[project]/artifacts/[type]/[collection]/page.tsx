import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { collectionScope } from '#components/registry/collection-scope.ts';
import { CollectionScreen } from '#components/registry/collection-screen.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { collectionQueries } from '#lib/client/tracking.ts';

type Props = { params: Promise<{ entity: string; project: string; type: string; collection: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await namesOf(params)).collection };
}

export default async function CollectionPage({ params }: Props) {
  const { entity, project, type, collection } = await namesOf(params);
  const at = { entity, project };
  return (
    <Prefetched
      subject={collectionQueries.one(at, collection, type)}
      also={[collectionQueries.versions(at, collection, type), automationQueries.watching(collectionScope(at, collection))]}
    >
      <CollectionScreen at={at} type={type} collection={collection} />
    </Prefetched>
  );
}
