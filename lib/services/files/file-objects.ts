import type { Files } from '../context.ts';

/** Signed URLs hold for a day. */
const VALID_MS = 24 * 3_600_000;
/** What a browser is led to holds as long as it takes to follow. */
const FOLLOWED_WITHIN_MS = 60_000;

/** What a signed URL is about. Numbers and digests alone, so that the texts need no escaping. */
export type FileObject =
  | { kind: 'run_file'; entityId: number; id: number }
  | { kind: 'content'; entityId: number; versionId: number; digest: string }
  | { kind: 'manifest'; entityId: number; id: number };

export function toObjectText(object: FileObject): string {
  if (object.kind === 'content') {
    return `content/${object.entityId}/${object.versionId}/${Buffer.from(object.digest, 'base64').toString('hex')}`;
  }
  return `${object.kind}/${object.entityId}/${object.id}`;
}

/** The text is ours: it was signed. */
export function parseObjectText(text: string): FileObject {
  const [kind, entityId, id, digest = ''] = text.split('/');
  if (kind === 'content') {
    return { kind, entityId: Number(entityId), versionId: Number(id), digest: Buffer.from(digest, 'hex').toString('base64') };
  }
  if (kind === 'run_file' || kind === 'manifest') return { kind, entityId: Number(entityId), id: Number(id) };
  throw new Error(`"${text}" is no file object`);
}

/** Where to send the content: repeatable for a day, until what it belongs to is complete. */
export const uploadUrl = ({ urls, maxBytes }: Files, object: FileObject, name: string, nowMs: number, most = maxBytes) =>
  urls.sign({ method: 'PUT', object: toObjectText(object), maxBytes: Math.min(most, maxBytes), until: nowMs + VALID_MS }, baseName(name));

export const downloadUrl = ({ urls }: Files, object: FileObject, name: string, nowMs: number) =>
  urls.sign({ method: 'GET', object: toObjectText(object), maxBytes: 0, until: nowMs + VALID_MS }, shownName(object, name));

/** Contents of artifacts are under the folder by which the client knows them. */
const shownName = ({ kind }: FileObject, name: string) => (kind === 'content' ? `wandb_artifacts/${baseName(name)}` : baseName(name));

/** Where a click on a file leads: its rights were checked a moment ago. Without the public URL, so that it works under any name. */
export const downloadPath = ({ urls }: Files, object: FileObject, name: string, nowMs: number) =>
  pathOf(urls.sign({ method: 'GET', object: toObjectText(object), maxBytes: 0, until: nowMs + FOLLOWED_WITHIN_MS }, baseName(name)));

const pathOf = (url: string) => new URL(url).pathname;

const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1);
