import type { Readable } from 'node:stream';
import { mimeTypeOf } from '#lib/domain/file-names.ts';
import { forbidden, gone, invalid, notFound } from '#lib/errors.ts';
import { findManifest, markManifestUploaded } from '#lib/store/manifests.ts';
import { findRunFile, markRunFileUploaded } from '#lib/store/run-files.ts';
import { findStoredFile, markContentUploaded } from '#lib/store/stored-files.ts';
import { findVersion } from '#lib/store/versions.ts';
import type { Platform } from '../context.ts';
import { type FileObject, parseObjectText } from './file-objects.ts';

type Storing = Pick<Platform, 'db' | 'reader' | 'now' | 'files'>;

export type Download = { size: number; content: Readable; name: string; mimeType: string };

function readToken({ files, now }: Storing, token: string, method: 'GET' | 'PUT') {
  const claim = files.urls.read(token, now());
  if (claim?.method !== method) throw forbidden('This link was altered, is for something else, or its time is over. Ask for a new one.');
  return { object: parseObjectText(claim.object), maxBytes: claim.maxBytes };
}

/** Takes the content that a signed URL asks for; answers its MD5 in base64. */
export async function acceptUpload(storing: Storing, token: string, content: AsyncIterable<Uint8Array>): Promise<string> {
  const { object, maxBytes } = readToken(storing, token, 'PUT');
  const { key, expected } = await findUploadPlace(storing, object);
  const received = await storing.files.store.receive(content, maxBytes);
  if (expected !== null && received.md5 !== expected) {
    await received.drop();
    throw invalid(`The content’s MD5 is ${received.md5}, not ${expected} as announced. Nothing was stored.`);
  }
  await received.keep(key);
  await recordUpload(storing, object, received);
  return received.md5;
}

const GONE = 'What this link uploads to is complete already, or was deleted.';

async function findUploadPlace({ db }: Storing, object: FileObject): Promise<{ key: string; expected: string | null }> {
  if (object.kind === 'run_file') {
    const file = await findRunFile(db, object.entityId, object.id);
    if (!file) throw gone(GONE);
    return { key: file.storageKey, expected: null };
  }
  if (object.kind === 'manifest') {
    const manifest = await findManifest(db, object.entityId, object.id);
    const version = manifest && (await findVersion(db, object.entityId, manifest.versionId));
    if (version?.state !== 'pending') throw gone(GONE);
    return { key: manifest!.storageKey, expected: manifest!.digest || null };
  }
  const version = await findVersion(db, object.entityId, object.versionId);
  const stored = await findStoredFile(db, object.entityId, object.digest);
  if (version?.state !== 'pending' || !stored) throw gone(GONE);
  return { key: stored.storageKey, expected: object.digest };
}

async function recordUpload({ db, now }: Storing, object: FileObject, { size, md5 }: { size: number; md5: string }): Promise<void> {
  if (object.kind === 'manifest') await markManifestUploaded(db, object.entityId, object.id, size);
  else if (object.kind === 'content') await markContentUploaded(db, object.entityId, object.digest, size, now());
  else {
    const file = await findRunFile(db, object.entityId, object.id);
    const mimeType = mimeTypeOf(file?.name ?? '');
    if (!(await markRunFileUploaded(db, object, { size, md5, mimeType }, now()))) throw gone(GONE);
  }
}

/** The content that a signed URL shows. `name` is how the link calls it. */
export async function openDownload(storing: Storing, token: string, name: string): Promise<Download> {
  const { object } = readToken(storing, token, 'GET');
  const key = await findDownloadKey(storing, object);
  const opened = key && (await storing.files.store.open(key));
  if (!opened) throw notFound('The file');
  return { ...opened, name, mimeType: mimeTypeOf(name) };
}

async function findDownloadKey({ reader }: Storing, object: FileObject): Promise<string | null> {
  switch (object.kind) {
    case 'run_file':
      return (await findRunFile(reader, object.entityId, object.id))?.storageKey ?? null;
    case 'manifest':
      return (await findManifest(reader, object.entityId, object.id))?.storageKey ?? null;
    case 'content':
      return (await findStoredFile(reader, object.entityId, object.digest))?.storageKey ?? null;
  }
}
