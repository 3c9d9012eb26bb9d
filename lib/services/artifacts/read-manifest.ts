import { createHash } from 'node:crypto';
import type { Version } from '#lib/domain/artifact.ts';
import { invalid } from '#lib/errors.ts';
import type { FileStore } from '#lib/files/file-store.ts';
import { findManifestOf, listManifestsOf, type Manifest, type ManifestEntry } from '#lib/store/manifests.ts';
import { findVersion } from '#lib/store/versions.ts';
import type { Context } from '../context.ts';
import { type ManifestFile, parseManifest, requireFewFiles } from './parse-manifest.ts';

/** Some 300 bytes for each of the most files that one may name. */
export const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

export type Entries = (ManifestEntry & { birthId: string | null })[];

/** All that a version holds. `rewritten`: what its newest manifest has become, where the client had sent only a part. */
export type WholeManifest = { entries: Entries; digest: string; rewritten: Pick<Manifest, 'id' | 'digest' | 'size'> | null };

/**
 * Reads what the client uploaded as the version's manifest. What adds to the version before it, and what several writers
 * sent of one version, is put together and takes the place of the newest part: doing so again comes to the same.
 */
export const readManifest = (ctx: Context, version: Version): Promise<WholeManifest> =>
  inTurn(ctx.files.store, () => readWhole(ctx, version));

const turns = new WeakMap<FileStore, Promise<unknown>>();

/** One after another: each may take hundreds of megabytes of memory while it is read. */
function inTurn<Value>(store: FileStore, work: () => Promise<Value>): Promise<Value> {
  const own = (turns.get(store) ?? Promise.resolve()).then(work);
  turns.set(
    store,
    own.catch(() => {}),
  );
  return own;
}

async function readWhole(ctx: Context, version: Version): Promise<WholeManifest> {
  const uploaded = (await listManifestsOf(ctx.db, version.entityId, version.id)).filter(({ size }) => size !== null);
  const newest = uploaded.at(-1);
  if (!newest) throw invalid('Upload the manifest before the commit.');
  const own = await readFile(ctx, newest);
  if (newest.kind === 'FULL') return { entries: toEntries(own.contents), digest: version.digest, rewritten: null };
  const before = newest.kind === 'INCREMENTAL' ? await findBase(ctx, version, newest) : uploaded.slice(0, -1);
  const contents: ManifestFile['contents'] = new Map();
  for (const manifest of before) mergeInto(contents, (await readFile(ctx, manifest)).contents);
  mergeInto(contents, own.contents);
  const whole = Buffer.from(JSON.stringify({ ...own.rest, contents: Object.fromEntries(contents) }));
  const received = await ctx.files.store.receive(oneByOne(whole), MAX_MANIFEST_BYTES);
  await received.keep(newest.storageKey);
  return {
    entries: toEntries(contents),
    digest: contentDigest(contents),
    rewritten: { id: newest.id, digest: received.md5, size: received.size },
  };
}

function mergeInto(all: ManifestFile['contents'], more: ManifestFile['contents']): void {
  for (const [path, file] of more) all.set(path, file);
  requireFewFiles(all.size);
}

async function* oneByOne(bytes: Buffer) {
  yield bytes;
}

/** The version that the client began from, of the same collection; there is none before the first. */
async function findBase(ctx: Context, version: Version, { baseVersionId }: Manifest): Promise<Manifest[]> {
  if (baseVersionId === null) return [];
  const base = await findVersion(ctx.db, version.entityId, baseVersionId);
  const manifest = base?.collectionId === version.collectionId ? await findManifestOf(ctx.db, base.entityId, base.id) : null;
  if (base?.state !== 'committed' || manifest?.size == null) throw invalid('The version that this one adds to is not there.');
  return [manifest];
}

async function readFile(ctx: Context, manifest: Manifest): Promise<ManifestFile> {
  const opened = await ctx.files.store.open(manifest.storageKey);
  if (!opened) throw invalid('Upload the manifest before the commit.');
  if (opened.size > MAX_MANIFEST_BYTES) {
    opened.content.destroy();
    throw invalid('The manifest is too long.');
  }
  const pieces: Buffer[] = [];
  for await (const piece of opened.content) pieces.push(piece as Buffer);
  return parseManifest(Buffer.concat(pieces).toString('utf8'));
}

const toEntries = (contents: ManifestFile['contents']): Entries =>
  Array.from(contents, ([path, file]) => ({
    path,
    digest: file.digest,
    size: file.size ?? 0,
    ref: file.ref ?? null,
    birthVersionId: null,
    birthId: file.birthArtifactID ?? null,
  }));

/** As the client makes it, so that the same content logged whole is known again. */
function contentDigest(contents: ManifestFile['contents']): string {
  const hash = createHash('md5').update('wandb-artifact-manifest-v1\n');
  const byPath = Array.from(contents).toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const [path, { digest }] of byPath) hash.update(`${path}:${digest}\n`);
  return hash.digest('hex');
}
