import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { createRuntime } from '#lib/runtime/create-runtime.ts';
import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { mountSmallDisk } from '../../scripts/test/small-disk.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const base = mkdtempSync(join(tmpdir(), 'hookline-starts-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(base, `data-${++folders}`);

const ENDS_WITHIN_MS = 30_000;

/** As a shell runs it: how it ended, and all that it wrote. */
function start(variables: Record<string, string>, command = [process.execPath, join(import.meta.dirname, 'hookline.mjs'), 'start']) {
  const [program, ...args] = command as [string, ...string[]];
  const env = { ...process.env, PORT: '0', HOOKLINE_LOG_LEVEL: 'error', ...variables };
  const child = spawn(program, args, { cwd: ROOT, env, timeout: ENDS_WITHIN_MS, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  return new Promise<{ code: number | null; said: string }>((resolve) => child.once('close', (code) => resolve({ code, said })));
}

/** One sentence in one line, exit code 2. */
function expectRefused(end: { code: number | null; said: string }, sentence: RegExp): void {
  expect(end.said).toMatch(sentence);
  expect([end.code, end.said.trimEnd().split('\n').length]).toEqual([2, 1]);
}

/** A data directory in which an instance has begun. */
async function instanceIn(dataDir: string): Promise<void> {
  await (await createRuntime(readEnv({ HOOKLINE_DATA_DIR: dataDir }), createLog('silent'))).close();
}

test('a DATABASE_URL that refuses, does not answer, has no such host or no such database', async () => {
  const silent = net.createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const postgres = inject('postgres');
  if (postgres.kind === 'missing') throw new Error(postgres.reason);
  const missing = new URL(postgres.url);
  missing.pathname = '/no_such_database';
  const urls = [
    'postgres://nobody@127.0.0.1:1/none',
    `postgres://nobody@127.0.0.1:${(silent.address() as AddressInfo).port}/none`,
    'postgres://nobody@nowhere.invalid/none',
    missing.href,
  ];
  const ends = await Promise.all(urls.map((url) => start({ DATABASE_URL: url, HOOKLINE_DATA_DIR: newFolder() })));
  silent.close();
  for (const end of ends) expectRefused(end, /^DATABASE_URL leads to no database that can be used: .+\.$/m);
});

test('a master key that is missing, wrong or none', async () => {
  const [lost, other] = [newFolder(), newFolder()];
  await Promise.all([lost, other].map(instanceIn));
  rmSync(join(lost, 'master.key'));
  const [missing, wrong, none] = await Promise.all([
    start({ HOOKLINE_DATA_DIR: lost }),
    start({ HOOKLINE_DATA_DIR: other, HOOKLINE_MASTER_KEY: randomBytes(32).toString('base64') }),
    start({ HOOKLINE_DATA_DIR: newFolder(), HOOKLINE_MASTER_KEY: 'short' }),
  ]);
  expectRefused(missing, /^HOOKLINE_MASTER_KEY is not set and \S+ is missing/);
  expectRefused(wrong, /^HOOKLINE_MASTER_KEY is not the key that this database was made with/);
  expectRefused(none, /^HOOKLINE_MASTER_KEY is 32 bytes in base64/);
  expect(readdirSync(lost)).not.toContain('master.key');
});

test('a data directory that is a file, cannot be made or holds something else, also under npm', async () => {
  const [file, damaged] = [newFolder(), newFolder()];
  writeFileSync(file, '');
  await instanceIn(damaged);
  for (const name of readdirSync(damaged)) if (name.startsWith('hookline.db')) rmSync(join(damaged, name));
  writeFileSync(join(damaged, 'hookline.db'), 'This was a database once.'.repeat(1000));
  const [isFile, cannotBeMade, isDamaged, underNpm] = await Promise.all([
    start({ HOOKLINE_DATA_DIR: file }),
    start({ HOOKLINE_DATA_DIR: '/proc/hookline' }),
    start({ HOOKLINE_DATA_DIR: damaged }),
    start({ HOOKLINE_DATA_DIR: file }, ['npm', 'start', '--silent']),
  ]);
  expectRefused(isFile, /^HOOKLINE_DATA_DIR: \S+ cannot be made or secured/);
  expectRefused(cannotBeMade, /^HOOKLINE_DATA_DIR: \S+ cannot be made or secured/);
  expectRefused(isDamaged, /^HOOKLINE_DATA_DIR: \S+ is damaged or no database/);
  expectRefused(underNpm, /^HOOKLINE_DATA_DIR: \S+ cannot be made or secured/);
});

test('a data directory on a full disk, of which nothing half-written stays', async ({ skip }) => {
  const disk = mountSmallDisk(1);
  if (!disk) return skip('Only root may mount a disk to fill.');
  try {
    disk.fill();
    expectRefused(await start({ HOOKLINE_DATA_DIR: join(disk.folder, 'data') }), /^HOOKLINE_DATA_DIR: \S+ cannot be /);
    expect(readdirSync(join(disk.folder, 'data'))).not.toContain('master.key');
  } finally {
    disk.remove();
  }
});

test('a second start on the same data directory', async () => {
  const dataDir = newFolder();
  const held = await createRuntime(readEnv({ HOOKLINE_DATA_DIR: dataDir }), createLog('silent'));
  const second = await start({ HOOKLINE_DATA_DIR: dataDir });
  await held.close();
  expectRefused(
    second,
    new RegExp(
      `^Another Hookline process \\(pid ${process.pid}\\) holds the embedded database in \\S+; stop it first, or set DATABASE_URL`,
    ),
  );
});
