import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite, type Store } from '#lib/store/connect.ts';
import { startCheckpoints } from './checkpoint-thread.ts';

const MIB = 1_048_576;
const WRITER_BEGINS_IT_ITSELF = 256; // mebibytes
let folder: string;
let path: string;
let store: Store;
let checkpoints: ReturnType<typeof startCheckpoints>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookline-checkpoints-'));
  path = join(folder, 'hookline.db');
  store = openSqlite(path, { checkpointsBeside: true });
  await sql`create table notes (text text not null)`.execute(store.db);
  checkpoints = startCheckpoints(path);
});
afterEach(async () => {
  await checkpoints.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

const writeMebibyte = () => sql`insert into notes values (${'x'.repeat(MIB)})`.execute(store.db);

test('the log is copied into the database without a writer’s doing', async () => {
  await writeMebibyte();
  await expect.poll(() => statSync(path).size).toBeGreaterThan(MIB);
  const alone = new DatabaseSync(path, { readOnly: true });
  expect(alone.prepare('select count(*) as count from notes').get()).toEqual({ count: 1 });
  alone.close();
});

test('a log that grew long is begun anew while writers go on, and nothing is lost', async () => {
  let written = 0;
  const logMebibytes = () => statSync(`${path}-wal`).size / MIB;
  do {
    await writeMebibyte();
    await new Promise(setImmediate);
    written++;
  } while (logMebibytes() > written / 2 && written < WRITER_BEGINS_IT_ITSELF);
  expect(written).toBeLessThan(WRITER_BEGINS_IT_ITSELF);
  const { rows } = await sql<{ count: number }>`select count(*) as count from notes`.execute(store.reader);
  expect(rows).toEqual([{ count: written }]);
});
