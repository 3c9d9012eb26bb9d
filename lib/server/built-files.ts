import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Part } from './front.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};
const ADDRESS = '/_next/static/';
/** Best first. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The payload editor alone would take six seconds for the last tenth. */
const LARGE = 300_000;
const qualityFor = (size: number) => (size > LARGE ? 9 : constants.BROTLI_MAX_QUALITY);

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Leaves beside each built file what browsers are sent instead: made once here, not for each visitor. */
export async function compressBuiltFiles(folder: string): Promise<void> {
  await Promise.all(
    filesIn(folder)
      .filter((file) => extname(file) in CONTENT_TYPES)
      .map(async (file) => {
        const bytes = readFileSync(file);
        writeFileSync(`${file}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: qualityFor(bytes.length) } }));
        writeFileSync(`${file}.gz`, await zip(bytes, { level: constants.Z_BEST_COMPRESSION }));
      }),
  );
}

/** The built files that were compressed, before Next, which compresses each answer anew. Their names change with their content. */
export function builtFilesPart(folder: string): Part {
  const known = new Map<string, string>();
  for (const file of filesIn(folder)) {
    if (file.endsWith('.br')) known.set(`${ADDRESS}${file.slice(folder.length + 1, -'.br'.length)}`, file.slice(0, -'.br'.length));
  }
  return {
    surface: 'pages',
    claims: (path) => known.has(path),
    answer: async ({ request, response, path }) => {
      const file = known.get(path)!;
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD' }).end();
        return;
      }
      const accepted = acceptedEncodings(request.headers['accept-encoding']);
      const encoding = ENCODINGS.find(({ name }) => accepted.has(name));
      const bytes = await readFile(encoding ? `${file}${encoding.suffix}` : file);
      response.writeHead(200, {
        'content-type': CONTENT_TYPES[extname(file)],
        'content-length': bytes.length,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        ...(encoding && { 'content-encoding': encoding.name }),
      });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    },
  };
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding, as far as it says what is not wanted at all. */
function acceptedEncodings(header: string | string[] = ''): Set<string> {
  const accepted = new Set<string>();
  for (const item of String(header).split(',')) {
    const [name, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) accepted.add(name!);
  }
  return accepted;
}
