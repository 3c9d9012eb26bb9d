const MAX_BYTES = 1024;
const utf8 = new TextEncoder();

/** What is wrong with the name of a run's or artifact's file, a path with "/"; null when it may be used. */
export function fileNameFault(name: string): string | null {
  if (name === '') return 'Give the file a name.';
  if (name.length > MAX_BYTES || utf8.encode(name).length > MAX_BYTES) return `A file’s name has at most ${MAX_BYTES} bytes.`;
  if (name.startsWith('/')) return 'A file’s name cannot begin with "/".';
  if (name.includes('\\') || name.includes('\0')) return 'A file’s name cannot contain "\\" or NUL.';
  if (name.includes('..') && name.split('/').includes('..')) return 'A file’s name cannot contain "..".';
  return null;
}

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
