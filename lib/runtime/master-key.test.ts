import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMasterKeys } from './master-key.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookline-key-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const load = (options: Partial<Parameters<typeof loadMasterKeys>[0]> = {}) =>
  loadMasterKeys({ fromEnvironment: undefined, previous: [], dataDir, storedCheck: undefined, ...options });

test('an empty store gets a key in a file that only its owner reads, and finds it again', () => {
  const made = load();
  expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  expect(load({ storedCheck: made.check }).derive('secrets')).toEqual(made.derive('secrets'));
});

test('each purpose has a key of its own', () => {
  const keys = load();
  const all = (['secrets', 'sessions', 'signed-urls'] as const).map((purpose) => keys.derive(purpose).toString('hex'));
  expect(new Set(all).size).toBe(3);
});

test('a missing key stops the start and makes no new one', () => {
  const { check } = load();
  rmSync(join(dataDir, 'master.key'));
  expect(() => load({ storedCheck: check })).toThrow(/HOOKLINE_MASTER_KEY is not set and .* is missing/);
  expect(() => statSync(join(dataDir, 'master.key'))).toThrow();
});

test('a wrong key stops the start', () => {
  const { check } = load();
  expect(() => load({ storedCheck: check, fromEnvironment: randomBytes(32) })).toThrow(/HOOKLINE_MASTER_KEY is not the key/);
});

test('during a rotation the old key opens what the new one does not', () => {
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const before = load({ fromEnvironment: old });
  const during = load({ fromEnvironment: next, previous: [old], storedCheck: before.check });
  expect(during.derivePrevious('secrets')).toEqual([before.derive('secrets')]);
  expect(during.derive('secrets')).not.toEqual(before.derive('secrets'));
});
