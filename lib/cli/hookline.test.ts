import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRuntime } from '#lib/runtime/create-runtime.ts';
import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { firstStart } from '#lib/server/first-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'hookline-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a shell runs it. */
function hookline(args: string[], variables: Record<string, string> = {}) {
  const launcher = join(import.meta.dirname, 'hookline.mjs');
  return spawnSync(process.execPath, [launcher, ...args], {
    encoding: 'utf8',
    env: { ...process.env, HOOKLINE_DATA_DIR: folder, ...variables },
  });
}

test('without a command, and for an unknown one, the commands are listed and the exit code is 2', () => {
  const bare = hookline([]);
  expect([bare.status, bare.stdout]).toEqual([2, expect.stringContaining('listen')]);
  const unknown = hookline(['strat']);
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('There is no command "strat".')]);
});

test('help is no error', () => {
  expect(hookline(['--help']).status).toBe(0);
  expect(hookline(['listen', '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--secret') });
});

test('what an older Node handed over to ends when that one is killed', async () => {
  const launcher = join(import.meta.dirname, 'hookline.mjs');
  const child = spawn(process.execPath, [launcher, 'listen', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  await once(child.stdout!, 'data');
  child.disconnect(); // as the death of the other end looks
  expect(await once(child, 'exit')).toHaveLength(2);
});

test('a wrong argument is named, with the usage', () => {
  const { status, stderr } = hookline(['listen', '--port', 'http']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('--port is a port number.\n\nhookline listen')]);
});

test('a wrong configuration is one sentence that names the variable, and the exit code is 2', () => {
  const { status, stderr } = hookline(['migrate'], { HOOKLINE_RETENTION_DAYS: 'soon' });
  expect([status, stderr]).toEqual([2, 'HOOKLINE_RETENTION_DAYS is a number.\n']);
});

test('a database that cannot be reached is a sentence that names DATABASE_URL', () => {
  const { status, stderr } = hookline(['migrate'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^DATABASE_URL leads to no database that can be used: .*ECONNREFUSED.*\n$/)]);
});

test('a worker of its own needs PostgreSQL', () => {
  expect(hookline(['worker'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/^DATABASE_URL is not set: a worker/) });
});

test('migrate brings a new database to the newest schema, and does nothing the second time', () => {
  expect(hookline(['migrate'])).toMatchObject({ status: 0, stdout: expect.stringContaining('0001-identity') });
  expect(hookline(['migrate'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('a link for a new password is made for a user that there is, also while the server holds the database', async () => {
  const none = { HOOKLINE_DATA_DIR: join(folder, 'none') };
  expect(hookline(['reset-password', 'ana'], none)).toMatchObject({ status: 2, stderr: expect.stringContaining('holds no database') });

  const variables = { HOOKLINE_DATA_DIR: join(folder, 'held') };
  const env = readEnv({
    ...variables,
    HOOKLINE_ADMIN_USERNAME: 'ana',
    HOOKLINE_ADMIN_PASSWORD: 'correct horse battery',
    HOOKLINE_ORGANIZATION: 'Acme',
    HOOKLINE_TEAM: 'acme',
  });
  const runtime = await createRuntime(env, createLog('silent'));
  await firstStart(runtime);
  const link = hookline(['reset-password', 'ana'], variables);
  const nobody = hookline(['reset-password', 'bob'], variables);
  await runtime.close();
  expect(link).toMatchObject({ status: 0, stdout: expect.stringMatching(/^http:\/\/localhost:3000\/reset\/[\w-]{43}\n$/) });
  expect(nobody).toMatchObject({ status: 1, stderr: expect.stringContaining('not found') });
});

test('the instance key is changed by a command: what the old one closed opens with the new one alone', async () => {
  const dataDir = join(folder, 'rotated');
  const [OLD, NEW] = [3, 4].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
  const open = (key: string) => createRuntime(readEnv({ HOOKLINE_DATA_DIR: dataDir, HOOKLINE_MASTER_KEY: key }), createLog('silent'));
  const before = await open(OLD);
  const sealed = await before.platform.vault.seal(before.store.db, 1, 'secret:1', 'hidden');
  await before.close();

  const variables = { HOOKLINE_DATA_DIR: dataDir, HOOKLINE_MASTER_KEY: NEW };
  expect(hookline(['rotate-key'], variables)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('HOOKLINE_MASTER_KEY is not the key'),
  });
  const both = { ...variables, HOOKLINE_MASTER_KEY_PREVIOUS: OLD };
  expect(hookline(['rotate-key'], both)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 data key was wrapped anew') });
  expect(hookline(['rotate-key'], variables)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('0 data keys were wrapped anew'),
  });

  const after = await open(NEW);
  expect(await after.platform.vault.open(after.store.db, 1, 'secret:1', sealed)).toBe('hidden');
  await after.close();
});
