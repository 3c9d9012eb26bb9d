import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { ProjectName } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import type { Place } from '#lib/domain/scope.ts';
import { notFound } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntityByName } from '#lib/store/entities.ts';
import { findPlace, insertProject } from '#lib/store/projects.ts';
import { type EventSource, refused } from './event-source.ts';
import type { Ingest, Sender } from './ingest.ts';

/** A place, and for a registry the types that it accepts. */
export type OpenPlace = Place & { artifactTypes: string[] | null };

/** The project that events are sent to; made with its first event where the sender may. */
export async function openProject(db: Db, sender: Sender, entityId: number, name: string, nowMs: number): Promise<OpenPlace> {
  const found = await findPlace(db, entityId, name);
  if (found) return found;
  if (name.startsWith(REGISTRY_PROJECT_PREFIX)) throw notFound(`The registry "${name.slice(REGISTRY_PROJECT_PREFIX.length)}"`);
  await insertProject(
    db,
    {
      entityId,
      kind: 'project',
      name: parseInput(ProjectName, name),
      description: '',
      visibility: 'organization',
      artifactTypes: null,
      createdById: sender.userId,
    },
    nowMs,
  );
  return (await findPlace(db, entityId, name))!;
}

/** The registry or project that a document names, as `name` or `owner/name`, once the sender is known to may write there. */
export async function namedPlace(
  ingest: Ingest,
  source: EventSource,
  named: { registry?: string | undefined; project?: string | undefined },
  path: (string | number)[],
): Promise<OpenPlace> {
  const text = named.registry ?? named.project;
  if (text === undefined) return { artifactTypes: null, ...source.place };
  const isRegistry = named.registry !== undefined;
  const slash = text.indexOf('/');
  const owner = slash === -1 ? null : text.slice(0, slash);
  const name = (isRegistry ? REGISTRY_PROJECT_PREFIX : '') + text.slice(slash + 1);
  const entityId = await ownerOf(ingest, source, owner, isRegistry, path);
  const place = await findPlace(ingest.tx, entityId, name);
  const what = isRegistry ? `The registry "${text}"` : `The project "${text}"`;
  if (!place) throw refused(source, path, `${what} was not found, or you may not see it.`);
  await source.sender.requireWrite(ingest.tx, place);
  return place;
}

async function ownerOf(ingest: Ingest, source: EventSource, owner: string | null, isRegistry: boolean, path: (string | number)[]) {
  if (owner !== null) {
    const entity = await findEntityByName(ingest.tx, owner);
    if (!entity) throw refused(source, path, `"${owner}" was not found, or you may not see it.`);
    return entity.id;
  }
  if (!isRegistry) return source.place.entityId;
  const { organizationEntityId } = source.place;
  if (organizationEntityId === undefined) {
    throw refused(source, path, 'Name the organization too, as in "acme-org/model": a personal space is in none.');
  }
  return organizationEntityId;
}
