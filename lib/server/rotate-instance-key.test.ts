import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRuntime } from '#lib/runtime/create-runtime.ts';
import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { rotateInstanceKey } from './rotate-instance-key.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hookline-rotation-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const [OLD, NEW] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
const start = (variables: Record<string, string>) =>
  createRuntime(readEnv({ HOOKLINE_DATA_DIR: dataDir, ...variables }), createLog('silent'));

test('after a rotation the instance starts with the new key alone and opens what the old one closed', async () => {
  const before = await start({ HOOKLINE_MASTER_KEY: OLD });
  const sealed = await before.platform.vault.seal(before.store.db, 1, 'secret:1', 'hidden');
  await before.close();

  await expect(start({ HOOKLINE_MASTER_KEY: NEW })).rejects.toThrow(/HOOKLINE_MASTER_KEY is not the key/);
  const during = await start({ HOOKLINE_MASTER_KEY: NEW, HOOKLINE_MASTER_KEY_PREVIOUS: OLD });
  await rotateInstanceKey(during);
  await during.close();

  const after = await start({ HOOKLINE_MASTER_KEY: NEW });
  expect(await after.platform.vault.open(after.store.db, 1, 'secret:1', sealed)).toBe('hidden');
  await after.close();
});
