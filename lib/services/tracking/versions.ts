import { z } from 'zod';
import { LinkBody, type VersionDetail, VersionPatch } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import type { Collection } from '#lib/domain/artifact.ts';
import { isVersionAlias } from '#lib/domain/fixed-names.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { findAlias, findMembership, listMembershipKeys, listMemberships, type Membership } from '#lib/store/collection-versions.ts';
import type { Db } from '#lib/store/connect.ts';
import { deleteVersionRows } from '#lib/store/delete-version.ts';
import { updateVersion } from '#lib/store/versions.ts';
import { makerOf } from '../artifacts/list-artifacts.ts';
import { versionPlaces } from '../artifacts/version-places.ts';
import { command } from '../command.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { getPlace, type ProjectPlace, requirePlace } from '../places/find-place.ts';
import { CollectionAddress, getCollectionRow, ingestAs, referenceTo } from './collections.ts';
import { toVersionRun, toVersionView } from './version-view.ts';

/** An alias names a version too, where it is only read. */
export const VersionAddress = CollectionAddress.extend({ version: z.string().min(1) });
const ChangedVersion = CollectionAddress.extend({ version: z.string().regex(/^v\d+$/, 'Name a version as v3.') });
const indexOf = (version: string) => Number(version.slice(1));

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
    const placesOf = versionPlaces(ctx);
    return { ...page, items: await Promise.all(page.items.map((row) => toVersionView(ctx, placesOf, collection, row))) };
  },
});

/** The version of an address in its collection, without a look at rights. */
export async function getMembership(
  db: Db,
  place: ProjectPlace,
  { collection: name, type, version }: z.infer<typeof VersionAddress>,
): Promise<Membership & { collection: Collection }> {
  const collection = await getCollectionRow(db, place, name, type);
  const key = { entityId: collection.entityId, collectionId: collection.id };
  const index = isVersionAlias(version) ? indexOf(version) : await findAlias(db, key, version);
  const found = index === null ? null : await findMembership(db, key, index);
  if (!found) throw notFound(`The version ${name}:${version}`);
  return { ...found, collection };
}

export const getVersion = instanceQuery({
  allow: 'signed_in',
  input: VersionAddress,
  run: async (ctx, input): Promise<z.output<typeof VersionDetail>> => {
    const place = await requirePlace(ctx, 'see', input.place);
    const { collection, ...membership } = await getMembership(ctx.db, place, input);
    const maker = await makerOf(ctx, membership.version);
    return {
      ...(await toVersionView(ctx, versionPlaces(ctx), collection, membership)),
      qualifiedName: `${place.entity.name}/${place.project.name}/${collection.name}:v${membership.versionIndex}`,
      collection: collection.name,
      type: collection.type,
      run: maker && toVersionRun(maker),
      role: place.role,
    };
  },
});

/** Aliases and tags go through the engine: each one newly put on is an event. */
export const changeVersion = command({
  permission: 'artifacts:write',
  input: ChangedVersion.extend(VersionPatch.shape),
  entityOf: async (ctx, { place }) => (await getPlace(ctx, place)).guarded,
  prepare: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    const { isLink } = await getMembership(ctx.db, place, input);
    if (isLink && (input.metadata ?? input.description) !== undefined) {
      throw conflict('Metadata and description belong to the version itself. Change them where it was made.');
    }
    const artifact = { ...referenceTo(place, input.collection), version: indexOf(input.version) };
    const { removeAliases = [], addAliases = [], removeTags = [], addTags = [] } = input;
    await ingestAs(ctx, place, [
      ...removeAliases.map((alias) => ({ type: 'artifact.alias_removed' as const, artifact, alias })),
      ...addAliases.map((alias) => ({ type: 'artifact.alias_added' as const, artifact, alias })),
      ...removeTags.map((tag) => ({ type: 'artifact.tag_removed' as const, artifact, tag })),
      ...addTags.map((tag) => ({ type: 'artifact.tag_added' as const, artifact, tag })),
    ]);
  },
  run: async (ctx, input) => {
    const place = await getPlace(ctx, input.place);
    const { version } = await getMembership(ctx.db, place, input);
    const { place: _, collection, type: __, version: name, ...changes } = input;
    const { metadata = version.metadata, description = version.description } = changes;
    if (changes.metadata ?? changes.description !== undefined) {
      await updateVersion(ctx.db, { ...version, metadata, description, updatedAt: ctx.now() });
    }
    return {
      result: undefined,
      audit: { what: 'version.updated', target: `${collection}:${name}`, after: JSON.parse(JSON.stringify(changes)) },
    };
  },
});

/** Links a project's version into a registry's collection, where the caller may write too. */
export const linkVersion = command({
  permission: 'artifacts:write',
  input: ChangedVersion.extend(LinkBody.shape).extend({ target: z.string() }),
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
  input: ChangedVersion.extend({ force: z.boolean().default(false) }),
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
