import type { z } from 'zod';
import type { VersionPlace, VersionRun, VersionView } from '#lib/contracts/tracking.ts';
import type { Collection } from '#lib/domain/artifact.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import type { Membership } from '#lib/store/collection-versions.ts';
import { listUsersByIds } from '#lib/store/users.ts';
import { listVersionTags } from '#lib/store/versions.ts';
import type { Standing, VersionPlaces } from '../artifacts/version-places.ts';
import type { Context } from '../context.ts';
import { toPerson } from '../person.ts';
import type { RunPlace } from '../runs/find-run.ts';

export const toVersionPlace = ({ at: { entity, project }, collection, versionIndex }: Standing): z.output<typeof VersionPlace> => ({
  entity: entity.name,
  project: project.name,
  registry: project.kind === 'registry' ? registryNameOf(project.name) : null,
  type: collection.type,
  collection: collection.name,
  version: `v${versionIndex}`,
});

export const toVersionRun = ({ run, at: { entity, project } }: RunPlace): z.output<typeof VersionRun> => ({
  entity: entity.name,
  project: project.name,
  id: run.runId,
  name: run.name,
  state: run.state,
  createdAt: run.createdAt,
});

/** A version as it stands in `here`. */
export async function toVersionView(
  { reader }: Context,
  placesOf: VersionPlaces,
  here: Pick<Collection, 'id'>,
  { versionIndex, isLink, version, aliases }: Membership,
): Promise<z.output<typeof VersionView>> {
  const [tags, users, places] = await Promise.all([
    listVersionTags(reader, version.entityId, version.id),
    version.createdById === null ? new Map() : listUsersByIds(reader, [version.createdById]),
    placesOf(version),
  ]);
  const own = places.find((place) => !place.isLink);
  return {
    version: `v${versionIndex}`,
    index: versionIndex,
    aliases,
    tags,
    description: version.description,
    metadata: version.metadata,
    sizeBytes: version.size,
    files: version.fileCount,
    digest: version.digest || null,
    createdAt: version.committedAt ?? version.createdAt,
    createdBy:
      toPerson(users.get(version.createdById ?? 0)) ??
      (version.author ? { username: version.author, name: version.author, deleted: false } : null),
    linked: isLink,
    source: isLink && own ? toVersionPlace(own) : null,
    linkedTo: places.filter((place) => place.isLink && place.collection.id !== here.id).map(toVersionPlace),
  };
}
