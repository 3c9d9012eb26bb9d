import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Version } from '#lib/domain/artifact.ts';
import { FileName } from '#lib/domain/file-names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { invalid } from '#lib/errors.ts';
import { findManifestOf, listManifestsOf, type Manifest, type ManifestEntry } from '#lib/store/manifests.ts';
import { findVersion } from '#lib/store/versions.ts';
import type { Context } from '../context.ts';

const Entry = z.looseObject({
  digest: z.string(),
  size: z.number().int().min(0).nullish(),
  ref: z.string().nullish(),
  birthArtifactID: z.string().nullish(),
});
const ManifestFile = z.looseObject({ contents: z.record(FileName, Entry) });
type ManifestFile = z.infer<typeof ManifestFile>;

/** Some numbers of millions of files are lists that a process cannot hold. */
const MAX_MANIFEST_BYTES = 512 * 1024 * 1024;

export type Entries = (ManifestEntry & { birthId: string | null })[];

/** All that a version holds. `rewritten`: what its newest manifest has become, where the client had sent only a part. */
export type WholeManifest = { entries: Entries; digest: string; rewritten: Pick<Manifest, 'id' | 'digest' | 'size'> | null };

/**
 * Reads what the client uploaded as the version's manifest. What adds to the version before it, and what several writers
 * sent of one version, is put together and takes the place of the newest part: doing so again comes to the same.
 */
export async function readManifest(ctx: Context, version: Version): Promise<WholeManifest> {
  const uploaded = (await listManifestsOf(ctx.db, version.entityId, version.id)).filter(({ size }) => size !== null);
  const newest = uploaded.at(-1);
  if (!newest) throw invalid('Upload the manifest before the commit.');
  const own = await readFile(ctx, newest);
  if (newest.kind === 'FULL') return { entries: toEntries(own), digest: version.digest, rewritten: null };
  const before = newest.kind === 'INCREMENTAL' ? await readBase(ctx, version, newest) : await readAll(ctx, uploaded.slice(0, -1));
  const whole = { ...own, contents: Object.assign({}, ...before.map(({ contents }) => contents), own.contents) };
  const received = await ctx.files.store.receive(oneByOne(Buffer.from(JSON.stringify(whole))), MAX_MANIFEST_BYTES);
  await received.keep(newest.storageKey);
  return {
    entries: toEntries(whole),
    digest: contentDigest(whole),
    rewritten: { id: newest.id, digest: received.md5, size: received.size },
  };
}

async function* oneByOne(bytes: Buffer) {
  yield bytes;
}

const readAll = (ctx: Context, manifests: readonly Manifest[]): Promise<ManifestFile[]> =>
  Promise.all(manifests.map((manifest) => readFile(ctx, manifest)));

/** The version that the client began from, of the same collection; there is none before the first. */
async function readBase(ctx: Context, version: Version, { baseVersionId }: Manifest): Promise<ManifestFile[]> {
  if (baseVersionId === null) return [];
  const base = await findVersion(ctx.db, version.entityId, baseVersionId);
  const manifest = base?.collectionId === version.collectionId ? await findManifestOf(ctx.db, base.entityId, base.id) : null;
  if (base?.state !== 'committed' || manifest?.size == null) throw invalid('The version that this one adds to is not there.');
  return [await readFile(ctx, manifest)];
}

async function readFile(ctx: Context, manifest: Manifest): Promise<ManifestFile> {
  const opened = await ctx.files.store.open(manifest.storageKey);
  if (!opened) throw invalid('Upload the manifest before the commit.');
  if (opened.size > MAX_MANIFEST_BYTES) throw invalid('The manifest is too long.');
  const pieces: Buffer[] = [];
  for await (const piece of opened.content) pieces.push(piece as Buffer);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw invalid('The manifest is not JSON.');
  }
  return parseInput(ManifestFile, parsed);
}

const toEntries = ({ contents }: ManifestFile): Entries =>
  Object.entries(contents).map(([path, entry]) => ({
    path,
    digest: entry.digest,
    size: entry.size ?? 0,
    ref: entry.ref ?? null,
    birthVersionId: null,
    birthId: entry.birthArtifactID ?? null,
  }));

/** As the client makes it, so that the same content logged whole is known again. */
function contentDigest({ contents }: ManifestFile): string {
  const hash = createHash('md5').update('wandb-artifact-manifest-v1\n');
  const byPath = Object.entries(contents).toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const [path, { digest }] of byPath) hash.update(`${path}:${digest}\n`);
  return hash.digest('hex');
}
