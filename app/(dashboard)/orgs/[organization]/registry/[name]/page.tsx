import { redirect } from 'next/navigation';
import { namesOf } from '#app/server/names.ts';
import { readSubject } from '#app/server/prefetch.tsx';
import { collectionQueries } from '#lib/client/tracking.ts';
import type { CollectionView } from '#lib/contracts/tracking.ts';
import type { Page } from '#lib/contracts/view.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/names.ts';
import { pagePaths, registryNameOf } from '#lib/domain/page-paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ selectionPath?: string; version?: string }> };

/** What the client prints for a version that is linked: it leads to the version's page. */
export default async function ClientRegistryPage({ params, searchParams }: Props) {
  const { name } = await namesOf(params);
  const { selectionPath = '', version } = await searchParams;
  const [entity, project, collection, ...rest] = selectionPath.split('/');
  if (!entity || !project || !collection || rest.length > 0) redirect(pagePaths.registry(name));
  if (project.startsWith(REGISTRY_PROJECT_PREFIX)) {
    const registry = registryNameOf(project);
    redirect(
      version
        ? pagePaths.registryVersion(registry, collection, version, entity)
        : pagePaths.registryCollection(registry, collection, entity),
    );
  }
  const type = await typeOf(entity, project, collection);
  if (type === undefined) redirect(pagePaths.project(entity, project, 'artifacts'));
  redirect(
    version ? pagePaths.version(entity, project, type, collection, version) : pagePaths.collection(entity, project, type, collection),
  );
}

/** Addresses in projects have the type, which the client leaves away. */
async function typeOf(entity: string, project: string, collection: string): Promise<string | undefined> {
  const found = await readSubject<Page<CollectionView>>(collectionQueries.all({ entity, project }, { q: collection, limit: 200 }));
  return found.items.find(({ name }) => name === collection)?.type;
}
