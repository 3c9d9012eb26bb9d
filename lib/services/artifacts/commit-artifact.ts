import type { Version } from '#lib/domain/artifact.ts';
import { commitVersion } from '#lib/engine/versions.ts';
import { invalid, notFound } from '#lib/errors.ts';
import { findCollectionById } from '#lib/store/collections.ts';
import { insertManifestEntries, replaceManifest } from '#lib/store/manifests.ts';
import { findUploadedSizes } from '#lib/store/stored-files.ts';
import { findVersionByNumber, listVersionTags } from '#lib/store/versions.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { changeInPlace } from '../places/change-in-place.ts';

import { ownPlaceOf } from './find-artifact.ts';
import { type Entries, readManifest } from './read-manifest.ts';

/**
 * Makes a version count: it gets its index, `latest` and its aliases, and automations see it. Every content that its
 * manifest names must be here. `versionOf` reads the client's ids in manifests. Committing again changes nothing.
 */
export async function commitArtifact(ctx: Context, number: number, versionOf: (id: string) => number | null): Promise<Version> {
  const pending = await findVersionByNumber(ctx.db, number);
  if (!pending || pending.state === 'deleted') throw notFound('The artifact');
  const own = await ownPlaceOf(ctx, pending);
  await requirePermission(ctx.db, ctx.actor, 'artifacts:write', own.at.guarded);
  const manifest = pending.state === 'pending' ? await readManifest(ctx, pending) : null;
  return changeInPlace(
    ctx,
    'artifacts:write',
    async () => own.at,
    async ({ ingest, source }) => {
      const { tx } = ingest;
      const version = await findVersionByNumber(tx, number);
      const collection = version && (await findCollectionById(tx, version.entityId, version.collectionId));
      if (!version || !collection || version.state === 'deleted') throw notFound('The artifact');
      if (version.state === 'committed' || !manifest) return version;
      const { entries, digest, rewritten } = manifest;
      const contents = entries.filter(({ ref }) => ref === null);
      const here = await findUploadedSizes(tx, version.entityId, [...new Set(contents.map(({ digest }) => digest))]);
      requireAll(contents, here);
      const stored = entries.map(({ birthId, ...entry }) => ({
        ...entry,
        size: entry.ref === null ? here.get(entry.digest)! : entry.size, // what is here is as long as it is, whatever the manifest says
        birthVersionId: birthId === null ? null : versionOf(birthId),
      }));
      const size = stored.reduce((sum, entry) => sum + entry.size, 0);
      if (!Number.isSafeInteger(size))
        throw invalid('The sizes in the manifest come to more than 9,007 terabytes. Check those of its references.');
      await insertManifestEntries(tx, version.entityId, version.id, stored);
      const tags = await listVersionTags(tx, version.entityId, version.id);
      if (rewritten) await replaceManifest(tx, version.entityId, rewritten);
      const complete = { ...version, digest, size, fileCount: entries.length };
      await commitVersion(ingest, source, source.place, collection, complete, version.pendingAliases, tags);
      return (await findVersionByNumber(tx, number))!;
    },
  );
}

function requireAll(contents: Entries, here: ReadonlyMap<string, number>): void {
  const missing = contents.filter(({ digest }) => !here.has(digest));
  if (missing.length === 0) return;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  throw invalid(`The content of "${missing[0]!.path}"${more} was not uploaded. Upload it, then commit.`);
}
