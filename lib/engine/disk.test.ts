import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { openSqlite, type Store } from '#lib/store/connect.ts';
import { migrate } from '#lib/store/migrate.ts';
import { delivered, makeWorld, type World } from './testing.ts';

const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };

describe('an event that the disk does not have yet', () => {
  let folder: string;
  let store: Store;
  let disk: ReturnType<typeof heldDisk>;
  let world: World;
  let held: ((outcome: DeliveryOutcome) => void)[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hookline-disk-'));
    const opened = openSqlite(join(folder, 'hookline.db'));
    await migrate(opened);
    disk = heldDisk();
    held = [];
    store = { ...opened, unflushed: { ...opened.unflushed!, disk } };
    world = await makeWorld(store, { answer: () => new Promise((resolve) => held.push(resolve)) });
    await world.automate('artifact.created');
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const statuses = async () => (await world.readExecutions()).map(({ status }) => status);

  test('is claimed meanwhile, and sent when the disk has it', async () => {
    disk.hold();
    const sent = world.send(created);
    await expect.poll(statuses).toEqual(['running']);
    expect(world.sent).toEqual([]);
    disk.letGo();
    await sent;
    await expect.poll(() => held.length).toBe(1);
  });

  test('takes no room of a webhook that has something to send', async () => {
    await world.send(created);
    await expect.poll(() => held.length).toBe(1);
    disk.hold();
    const second = world.send(created);
    await expect.poll(statuses).toEqual(['running', 'pending']);
    disk.letGo();
    await second;
    await expect.poll(() => held.length).toBe(2);
    expect(await statuses()).toEqual(['running', 'running']);
  });

  test('is not sent by a claim for another that the disk has', async () => {
    await world.send(created);
    await expect.poll(() => held.length).toBe(1);
    disk.hold();
    const second = world.send(created);
    await expect.poll(statuses).toEqual(['running', 'pending']);
    held[0]!(delivered); // its end makes room, and the second is claimed
    await world.engine.worker.sweep();
    await expect.poll(statuses).toEqual(['finished', 'running']);
    expect(world.sent).toHaveLength(1);
    disk.letGo();
    await second;
    await expect.poll(() => held.length).toBe(2);
  });

  test('goes though the disk failed, as its sender was told that the outcome is uncertain', async () => {
    disk.hold();
    const sent = world.send(created);
    await expect.poll(statuses).toEqual(['running']);
    disk.letGo(Object.assign(new Error('i/o error, fdatasync'), { code: 'EIO' }));
    await expect(sent).rejects.toMatchObject({ message: expect.stringContaining('not certain') });
    await expect.poll(() => held.length).toBe(1);
  });
});

/** A disk that is quick but while the test holds it. */
function heldDisk() {
  const waiting: ((error?: Error) => void)[] = [];
  let isHeld = false;
  return {
    flush: () =>
      isHeld ? new Promise<void>((resolve, reject) => waiting.push((error) => (error ? reject(error) : resolve()))) : Promise.resolve(),
    hold: () => {
      isHeld = true;
    },
    letGo: (error?: Error) => {
      isHeld = false;
      for (const end of waiting.splice(0)) end(error);
    },
  };
}
