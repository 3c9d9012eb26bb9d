import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mountSmallDisk } from '../../scripts/test/small-disk.ts';
import { directoryStore } from './directory-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookline-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const arriving = (at: string) => readdirSync(join(at, 'arriving'));

test('a full disk is unavailable, not a bug; nothing of the file stays, and once there is room it is kept whole', async ({ skip }) => {
  const disk = mountSmallDisk(1);
  if (!disk) return skip('Only root may mount a disk to fill.');
  try {
    const store = directoryStore(disk.folder);
    const content = Buffer.alloc(50_000, 'x');
    const receive = () => store.receive(Readable.from([content]), 1e9);
    await (await receive()).drop();
    disk.fill(20_000);
    await expect(receive()).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 });
    expect(arriving(disk.folder)).toEqual([]);
    disk.clear();
    await (await receive()).keep('a/b');
    const kept = await store.open('a/b');
    expect(kept?.size).toBe(content.length);
    expect((await buffer(kept!.content)).equals(content)).toBe(true);
  } finally {
    disk.remove();
  }
});

test('what a dead process left in the middle goes after days, not what arrives now', async () => {
  const store = directoryStore(folder);
  const now = Date.now();
  await store.dropAbandoned(now); // nothing has ever arrived
  await store.receive(Readable.from(['old']), 1000);
  const [old] = arriving(folder);
  utimesSync(join(folder, 'arriving', old!), now / 1000 - 10, now / 1000 - 10);
  await store.receive(Readable.from(['new']), 1000);
  await store.dropAbandoned(now - 5000);
  expect(arriving(folder)).toHaveLength(1);
  expect(arriving(folder)).not.toContain(old);
});
