import type { Version } from '#lib/domain/artifact.ts';
import { gone, invalid, notFound } from '#lib/errors.ts';
import { inTransaction } from '#lib/store/connect.ts';
import { findManifestByNumber, findManifestOf, insertManifest, type Manifest, updateManifest } from '#lib/store/manifests.ts';
import { openStoredFiles } from '#lib/store/stored-files.ts';
import { findVersionByNumber } from '#lib/store/versions.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { uploadUrl } from '../files/file-objects.ts';
import { requireFileName } from '../files/require-file-name.ts';
import { ownPlaceOf } from './find-artifact.ts';
import { MAX_MANIFEST_BYTES } from './read-manifest.ts';

export type { Manifest };

/** A version still being uploaded, for who may write where it is; `gone` once it is complete. */
async function getPendingVersion(ctx: Context, number: number): Promise<Version> {
  const version = await findVersionByNumber(ctx.db, number);
  if (!version) throw notFound('The artifact');
  const own = await ownPlaceOf(ctx, version);
  await requirePermission(ctx.db, ctx.actor, 'artifacts:write', own.at.guarded);
  if (version.state !== 'pending') throw gone('This version is complete already: nothing can be uploaded to it.');
  return version;
}

export type ManifestDraft = { versionNumber: number; name: string; digest: string; kind: Manifest['kind']; baseVersion: number | null };

/** The version's manifest; asked for again, with its digest, when it is about to be uploaded. */
export async function createManifest(ctx: Context, draft: ManifestDraft): Promise<Manifest> {
  const version = await getPendingVersion(ctx, draft.versionNumber);
  return inTransaction(ctx.db, async (tx) => {
    // Each writer of a version that several make has a list of their own.
    const found = draft.kind === 'PATCH' ? null : await findManifestOf(tx, version.entityId, version.id);
    if (found) {
      if (draft.digest) await updateManifest(tx, found, draft.digest);
      return { ...found, digest: draft.digest || found.digest };
    }
    return insertManifest(tx, {
      entityId: version.entityId,
      versionId: version.id,
      kind: draft.kind,
      name: draft.name,
      digest: draft.digest,
      baseVersionId: draft.baseVersion,
      createdAt: ctx.now(),
    });
  });
}

export async function changeManifestDigest(ctx: Context, manifestNumber: number, digest: string): Promise<Manifest> {
  const manifest = await findManifestByNumber(ctx.db, manifestNumber);
  if (!manifest) throw notFound('The manifest');
  await getPendingVersion(ctx, manifest.versionId);
  await updateManifest(ctx.db, manifest, digest);
  return { ...manifest, digest };
}

export const manifestUploadUrl = (ctx: Context, { entityId, id, name }: Manifest) =>
  uploadUrl(ctx.files, { kind: 'manifest', entityId, id }, name, ctx.now(), MAX_MANIFEST_BYTES);

export type FileSpec = { versionNumber: number; name: string; md5: string };
export type FilePlace = FileSpec & { entityId: number; storagePath: string; uploadUrl: string | null };

const MD5 = /^[A-Za-z0-9+/]{22}==$/;

/** Where to upload contents, in the order of asking; none for content that is here already. */
export async function createArtifactFiles(ctx: Context, specs: readonly FileSpec[]): Promise<FilePlace[]> {
  const versions = new Map<number, Version>();
  for (const { versionNumber } of specs) {
    if (!versions.has(versionNumber)) versions.set(versionNumber, await getPendingVersion(ctx, versionNumber));
  }
  for (const { name, md5 } of specs) {
    requireFileName(name);
    if (!MD5.test(md5)) throw invalid('Give the MD5 of the content in base64.');
  }
  const present = new Map<number, ReadonlyMap<string, number>>();
  await inTransaction(ctx.db, async (tx) => {
    for (const [entityId, own] of Map.groupBy(specs, (spec) => versions.get(spec.versionNumber)!.entityId)) {
      present.set(
        entityId,
        await openStoredFiles(
          tx,
          entityId,
          own.map(({ md5 }) => md5),
          ctx.now(),
        ),
      );
    }
  });
  return specs.map((spec) => {
    const { entityId } = versions.get(spec.versionNumber)!;
    const object = { kind: 'content', entityId, versionId: spec.versionNumber, digest: spec.md5 } as const;
    const url = present.get(entityId)!.has(spec.md5) ? null : uploadUrl(ctx.files, object, spec.name, ctx.now());
    return { ...spec, entityId, storagePath: storagePathOf(entityId, spec.md5), uploadUrl: url };
  });
}

export const storagePathOf = (entityId: number, digest: string) =>
  `wandb_artifacts/${entityId}/${Buffer.from(digest, 'base64').toString('hex')}`;
