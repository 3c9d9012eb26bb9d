import type { VersionAt } from '#lib/client/versions.ts';
import type { VersionPlace } from '#lib/contracts/tracking.ts';
import { pagePaths, type VersionTab } from '#lib/domain/page-paths.ts';

/** The page of a version as the API names where it stands. */
export const hrefOfVersion = ({ entity, project, registry, type, collection, version }: VersionPlace) =>
  registry === null
    ? pagePaths.version(entity, project, type, collection, version)
    : pagePaths.registryVersion(registry, collection, version, entity);

/** The page of a version of the place that a page is about. */
export const hrefAt = ({ at, type = '', collection, version }: VersionAt, tab?: VersionTab) =>
  'registry' in at
    ? pagePaths.registryVersion(at.registry, collection, version, at.organization, tab)
    : pagePaths.version(at.entity, at.project, type, collection, version, tab);
