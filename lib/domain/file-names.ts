import { z } from 'zod';

const MAX_BYTES = 1024;

/** Names of run and artifact files: paths with "/", as users give them. */
export const FileName = z
  .string('Give the file a name.')
  .min(1, 'Give the file a name.')
  .refine((name) => new TextEncoder().encode(name).length <= MAX_BYTES, `A file’s name has at most ${MAX_BYTES} bytes.`)
  .refine((name) => !name.startsWith('/'), 'A file’s name cannot begin with "/".')
  .refine((name) => !name.includes('\\') && !name.includes('\0'), 'A file’s name cannot contain "\\" or NUL.')
  .refine((name) => !name.split('/').includes('..'), 'A file’s name cannot contain "..".');

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  json: 'application/json',
  jsonl: 'application/jsonl',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  md: 'text/markdown',
  py: 'text/x-python',
  patch: 'text/x-diff',
  pdf: 'application/pdf',
  wav: 'audio/wav',
  mp4: 'video/mp4',
};

export const mimeTypeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

/** What a browser may show where it stands; everything else is only saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
export const mayShowInline = (mimeType: string) => SHOWN.has(mimeType);
