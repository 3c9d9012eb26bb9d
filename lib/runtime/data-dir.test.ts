import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lockDataDir, prepareDataDir } from './data-dir.ts';

const base = mkdtempSync(join(tmpdir(), 'hookline-data-'));
const FILE = join(base, 'file');
writeFileSync(FILE, '');
afterAll(() => rmSync(base, { recursive: true }));

/** Another process tries to take the lock; it says what stopped it. */
function tryFromAnotherProcess(folder: string): string {
  const script = `import { lockDataDir } from ${JSON.stringify(join(import.meta.dirname, 'data-dir.ts'))};
    try { lockDataDir(${JSON.stringify(folder)}); process.stdout.write('locked'); } catch (error) { process.stdout.write(error.message); }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout;
}

test('only its owner may read the data directory', () => {
  const folder = prepareDataDir(join(base, 'private'));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test.each([join(base, 'a', 'b', 'c'), base])('%s is made with the directories above it, or used as it stands', (folder) => {
  expect(prepareDataDir(folder)).toBe(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test.each(['/proc/hookline', FILE, join(FILE, 'inside')])('%s stops the start with a sentence that names the variable', (folder) => {
  expect(() => prepareDataDir(folder)).toThrow(/^HOOKLINE_DATA_DIR: \/\S+ cannot be made or secured/);
});

test('a second process is refused with a sentence that names DATABASE_URL, until the first lets go', () => {
  const folder = prepareDataDir(join(base, 'held'));
  const lock = lockDataDir(folder);
  expect(tryFromAnotherProcess(folder)).toMatch(/^Another Hookline process \(pid \d+\) holds .* DATABASE_URL/);
  lock.release();
  expect(tryFromAnotherProcess(folder)).toBe('locked');
});
