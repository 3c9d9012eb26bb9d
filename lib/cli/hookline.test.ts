import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

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

test('migrate brings a new database to the newest schema, and does nothing the second time', () => {
  expect(hookline(['migrate'])).toMatchObject({ status: 0, stdout: expect.stringContaining('0001-identity') });
  expect(hookline(['migrate'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
});
