import { mimeTypeOf } from '#lib/domain/file-names.ts';
import { notFound } from '#lib/errors.ts';
import { findOwnerOfDigest } from '#lib/store/manifests.ts';
import { findStoredFile } from '#lib/store/stored-files.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import type { Download } from '../files/storage.ts';
import { getProjectPlace } from '../places/find-place.ts';
import { findCollectionIn, keyOf } from './find-artifact.ts';

/** Content that some version standing in the collection has, by its MD5 in hex. */
export async function openArtifactContent(
  ctx: Context,
  named: { entity: string; project: string; collection: string },
  md5Hex: string,
  name: string,
): Promise<Download> {
  const at = await getProjectPlace(ctx, named.entity, named.project);
  await requirePermission(ctx.reader, ctx.actor, 'download', at.guarded);
  const digest = Buffer.from(md5Hex, 'hex').toString('base64');
  const collection = await findCollectionIn(ctx, at, named.collection);
  const owner = collection && (await findOwnerOfDigest(ctx.reader, keyOf(collection), digest));
  const stored = owner && (await findStoredFile(ctx.reader, owner, digest));
  const opened = stored && (await ctx.files.store.open(stored.storageKey));
  if (!opened) throw notFound('The file');
  return { ...opened, name, mimeType: mimeTypeOf(name) };
}
