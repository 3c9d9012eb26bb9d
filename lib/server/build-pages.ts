import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressBuiltFiles } from './built-files.ts';
import { CHECKOUT } from './checkout.ts';

/** Everything that Next reads for a build. */
const SOURCES = [
  '{app,components,public}/**/*.*',
  'lib/{client,contracts,domain}/**/*.{ts,tsx}',
  'lib/errors.ts',
  '{proxy,instrumentation-client}.ts',
  '{next,postcss,tailwind}.config.*',
  'package-lock.json',
  'tsconfig.json',
];
/** What the built pages fetch. */
export const STATIC = join(CHECKOUT, '.next', 'static');
const STAMP = join(CHECKOUT, '.next', 'hookline-build.json');
const USUAL_SECONDS = 40;

interface Stamp {
  sources: string;
  seconds: number;
}

/** Builds the pages when there is no build or when a source has changed since; by content, since a clone renews every date. */
export async function ensurePagesAreBuilt(say: (sentence: string) => void): Promise<void> {
  const stamp = readStamp();
  if (stamp?.sources === digestOfSources() && existsSync(join(CHECKOUT, '.next', 'BUILD_ID'))) return;
  say(`Building the pages, about ${stamp?.seconds ?? USUAL_SECONDS} s …`);
  await buildPages();
}

export async function buildPages(): Promise<void> {
  const since = Date.now();
  const sources = digestOfSources();
  const { status } = spawnSync(process.execPath, [join(CHECKOUT, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: CHECKOUT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 2, 2], // standard output is for log lines
  });
  if (status !== 0) throw new Error('The pages could not be built; next build says why above.');
  await compressBuiltFiles(STATIC);
  const stamp: Stamp = { sources, seconds: Math.ceil((Date.now() - since) / 1000) };
  writeFileSync(STAMP, JSON.stringify(stamp));
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: CHECKOUT }).toSorted()) {
    if (/[.]test[.]tsx?$/.test(file)) continue;
    // The folder of a catch-all page, [[...section]], looks like a file's name.
    if (statSync(join(CHECKOUT, file)).isDirectory()) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(CHECKOUT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function readStamp(): Stamp | undefined {
  return existsSync(STAMP) ? JSON.parse(readFileSync(STAMP, 'utf8')) : undefined;
}

if (import.meta.main) await buildPages();
