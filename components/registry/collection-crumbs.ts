import type { Container } from '#lib/client/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

/** The way to a collection, which is the last of them. */
export const collectionCrumbs = ({ at, type, collection }: { at: Container; type?: string; collection: string }) =>
  'registry' in at
    ? [
        { label: 'Registry', href: pagePaths.registries(at.organization) },
        { label: at.registry, href: pagePaths.registry(at.registry, at.organization) },
        { label: collection, href: pagePaths.registryCollection(at.registry, collection, at.organization) },
      ]
    : [
        { label: at.entity, href: pagePaths.projects(at.entity) },
        { label: at.project, href: pagePaths.project(at.entity, at.project) },
        { label: 'Artifacts', href: pagePaths.project(at.entity, at.project, 'artifacts') },
        { label: collection, href: pagePaths.collection(at.entity, at.project, type ?? '', collection) },
      ];
