import { z } from 'zod';
import { LinkBody, VersionPatch, type VersionView } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import type { EventDocument } from '#lib/domain/event-document.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { findMembership, listMembershipKeys, listMemberships, type Membership } from '#lib/store/collection-versions.ts';
import { findCollectionById } from '#lib/store/collections.ts';
import type { Db } from '#lib/store/connect.ts';
import { deleteVersionRows } from '#lib/store/delete-version.ts';
import { listNamesOfPlaces } from '#lib/store/place-names.ts';
import { findRunByNumber } from '#lib/store/runs.ts';
import { listUsersByIds } from '#lib/store/users.ts';
import { listVersionTags, updateVersion } from '#lib/store/versions.ts';
import { command } from '../command.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { toPerson } from '../person.ts';
import { getPlace, type ProjectPlace, requirePlace } from '../places/find-place.ts';
import { CollectionAddress, getCollectionRow, ingestAs, referenceTo } from './collections.ts';

type View = z.output<typeof VersionView>;
export const VersionAddress = CollectionAddress.extend({ version: z.string().regex(/^v\d+$/, 'Name a version as v3.') });
const indexOf = (version: string) => Number(version.slice(1));

async function toVersionView(db: Db, { versionIndex, isLink, version, aliases }: Membership): Promise<View> {
  const [tags, keys, users, run, own] = await Promise.all([
    listVersionTags(db, version.entityId, version.id),
    listMembershipKeys(db, version.id),
    version.createdById === null ? new Map() : listUsersByIds(db, [version.createdById]),
    version.run === null ? null : findRunByNumber(db, version.entityId, version.run),
    findCollectionById(db, version.entityId, version.collectionId),
  ]);
  const links = isLink ? [] : keys.filter((key) => key.isLink);
  const collections = await Promise.all(links.map((key) => findCollectionById(db, key.entityId, key.collectionId)));
  const linked = links.flatMap((key, index) => (collections[index] ? [{ key, collection: collections[index] }] : []));
  const names = await listNamesOfPlaces(db, {
    entityIds: [version.entityId, ...linked.map(({ key }) => key.entityId)],
    projects: [
      { entityId: version.entityId, id: version.projectId },
      ...linked.map(({ collection }) => ({ entityId: collection.entityId, id: collection.projectId })),
    ],
    collections: [],
  });
  return {
    version: `v${versionIndex}`,
    index: versionIndex,
    aliases,
    tags,
    metadata: version.metadata,
    sizeBytes: version.size,
    files: version.fileCount,
    digest: version.digest || null,
    createdAt: version.committedAt ?? version.createdAt,
    createdBy:
      toPerson(users.get(version.createdById ?? 0)) ??
      (version.author ? { username: version.author, name: version.author, deleted: false } : null),
    run: run && { id: run.run.runId, name: run.run.name },
    source:
      isLink && own
        ? {
            entity: names.entities.get(version.entityId) ?? '',
            project: names.projects.get(version.projectId) ?? '',
            collection: own.name,
            type: own.type,
            version: `v${version.versionIndex}`,
          }
        : null,
    linkedTo: linked.map(({ key, collection }) => ({
      organization: names.entities.get(key.entityId) ?? '',
      registry: registryNameOf(names.projects.get(collection.projectId) ?? ''),
      collection: collection.name,
      version: `v${key.versionIndex}`,
    })),
  };
}

/** Newest first. */
export const listVersions = instanceQuery({
  allow: 'signed_in',
  input: CollectionAddress.extend(PageQuery.shape),
  run: async (ctx, { place: address, collection: name, type, limit, after }) => {
    const place = await requirePlace(ctx, 'see', address);
    const collection = await getCollectionRow(ctx.db, place, name, type);
    const rows = await listMemberships(
      ctx.db,
      { entityId: collection.entityId, collectionId: collection.id },
      { limit: limit + 1, beforeIndex: parseCursor(z.int(), after) },
    );
    const page = toPage(rows, limit, ({ versionIndex }) => versionIndex);
    return { ...page, items: await Promise.all(page.items.map((row) => toVersionView(ctx.db, row))) };
  },
});

/** The version of an address in its collection, without a look at rights. */
export async function getMembership(
  db: Db,
  place: ProjectPlace,
  { collection: name, type, version }: z.infer<typeof VersionAddress>,
): Promise<Membership> {
  const collection = await getCollectionRow(db, place, name, type);
  const found = await findMembership(db, { entityId: collection.entityId, collectionId: collection.id }, indexOf(version));
  if (!found) throw notFound(`The version ${name}:${version}`);
  return found;
}

export const getVersion = instanceQuery({
  allow: 'signed_in',
  input: VersionAddress,
  run: async (ctx, input) => {
    const place = await requirePlace(ctx, 'see', input.place);
    return toVersionView(ctx.db, await getMembership(ctx.db, place, input));
  },
});

/** Aliases and tags go through the engine: each one newly put on is an event. */
export const changeVersion = command({
  permission: 'artifacts:write',
  input: VersionAddress.extend(VersionPatch.shape),
  entityOf: async (ctx, { place }) => (await getPlace(ctx, place)).guarded,
  prepare: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    await getMembership(ctx.db, place, input);
    const artifact = { ...referenceTo(place, input.collection), version: indexOf(input.version) };
    const each = <Type extends string>(type: Type, names: string[] | undefined, key: 'alias' | 'tag') =>
      (names ?? []).map((name) => ({ type, artifact, [key]: name }) as unknown as EventDocument);
    await ingestAs(ctx, place, [
      ...each('artifact.alias_removed', input.removeAliases, 'alias'),
      ...each('artifact.alias_added', input.addAliases, 'alias'),
      ...each('artifact.tag_removed', input.removeTags, 'tag'),
      ...each('artifact.tag_added', input.addTags, 'tag'),
    ]);
  },
  run: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    const { version } = await getMembership(ctx.db, place, input);
    if (input.metadata) await updateVersion(ctx.db, { ...version, metadata: input.metadata, updatedAt: ctx.now() });
    const { place: _, collection, type: __, version: name, ...changes } = input;
    return {
      result: undefined,
      audit: { what: 'version.updated', target: `${collection}:${name}`, after: JSON.parse(JSON.stringify(changes)) },
    };
  },
});

/** Links a project's version into a registry's collection, where the caller may write too. */
export const linkVersion = command({
  permission: 'artifacts:write',
  input: VersionAddress.extend(LinkBody.shape).extend({ target: z.string() }),
  entityOf: async (ctx, { place }) => (await getPlace(ctx, place)).guarded,
  prepare: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    await getMembership(ctx.db, place, input);
    const registry = input.organization ? `${input.organization}/${input.registry}` : input.registry;
    const target = await getPlace(ctx, { registry });
    await ingestAs(ctx, place, [
      {
        type: 'artifact.linked',
        artifact: { ...referenceTo(place, input.collection), version: indexOf(input.version) },
        to: { registry: `${target.entity.name}/${registryNameOf(target.project.name)}`, collection: input.target },
        aliases: input.aliases,
      },
    ]);
  },
  run: async (_ctx, { collection, version, registry, target, aliases }) => ({
    result: undefined,
    audit: { what: 'version.linked', target: `${collection}:${version}`, after: { registry, collection: target, aliases } },
  }),
});

/** In a registry: unlinks it. In a project: deletes it with its links; asks first where aliases or links would go. */
export const removeVersion = command({
  permission: 'artifacts:write',
  input: VersionAddress.extend({ force: z.boolean().default(false) }),
  entityOf: async (ctx, { place }) => (await getPlace(ctx, place)).guarded,
  prepare: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    const { aliases, version, isLink } = await getMembership(ctx.db, place, input);
    if (isLink) {
      await ingestAs(ctx, place, [
        { type: 'artifact.unlinked', artifact: { ...referenceTo(place, input.collection), version: indexOf(input.version) } },
      ]);
      return;
    }
    const links = (await listMembershipKeys(ctx.db, version.id)).filter((key) => key.isLink).length;
    const named = aliases.filter((alias) => alias !== 'latest');
    if (!input.force && (links > 0 || named.length > 0)) {
      throw conflict('The version is in use. Add ?force=true to delete its aliases and links too.', [
        ...named.map((alias) => ({ path: ['aliases'], message: `alias ${alias}` })),
        ...(links > 0 ? [{ path: ['links'], message: `${links} links` }] : []),
      ]);
    }
  },
  run: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    const collection = await getCollectionRow(ctx.db, place, input.collection, input.type);
    const found = await findMembership(ctx.db, { entityId: collection.entityId, collectionId: collection.id }, indexOf(input.version));
    if (found && !found.isLink) await deleteVersionRows(ctx.db, found.version, ctx.now());
    return {
      result: undefined,
      audit: { what: found ? 'version.deleted' : 'version.unlinked', target: `${input.collection}:${input.version}` },
    };
  },
});
