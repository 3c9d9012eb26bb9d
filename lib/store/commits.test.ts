import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Commits } from './commits.ts';
import { type Db, isStoreUnavailable, openSqlite, type Store, toStoreError } from './connect.ts';
import { LogDisk } from './log-disk.ts';

describe('commits on the embedded database', () => {
  let folder: string;
  let store: Store;
  let disk: ReturnType<typeof slowDisk>;
  let commits: Commits;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hookline-commits-'));
    const opened = openSqlite(join(folder, 'hookline.db'));
    await sql`create table notes (text text not null)`.execute(opened.db);
    disk = slowDisk();
    store = { ...opened, unflushed: { ...opened.unflushed!, disk } };
    commits = new Commits(store);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const note = (text: string) => async (tx: Db) => {
    await sql`insert into notes values (${text})`.execute(tx);
    return text;
  };
  const notes = async () =>
    (await sql<{ text: string }>`select text from notes order by text`.execute(store.reader)).rows.map((row) => row.text);

  test('are answered when the disk has them, or at the commit where that is enough', async () => {
    let answered = false;
    const kept = commits.run(note('kept')).then(() => {
      answered = true;
    });
    expect(await commits.run(note('again'), 'commit')).toBe('again');
    await expect.poll(notes).toEqual(['again', 'kept']);
    expect(answered).toBe(false);
    disk.end();
    await kept;
  });

  test('go on while others wait for the disk', async () => {
    const first = commits.run(note('first'));
    await expect.poll(notes).toEqual(['first']);
    const second = commits.run(note('second'));
    await expect.poll(notes).toEqual(['first', 'second']);
    disk.end();
    disk.end();
    await Promise.all([first, second]);
  });

  test('that the disk did not take are reported as uncertain', async () => {
    const lost = commits.run(note('lost'));
    await expect.poll(notes).toEqual(['lost']);
    disk.end(Object.assign(new Error('i/o error, fdatasync'), { code: 'EIO' }));
    const error = await lost.catch((reason: unknown) => reason);
    expect(isStoreUnavailable(error)).toBe(true);
    expect(toStoreError(error)).toMatchObject({ message: expect.stringContaining('not certain') });
  });

  test('who is told of a commit and throws fails his own piece, and holds up nobody', async () => {
    disk.end();
    disk.end();
    const told = commits.run(note('told'), 'disk', () => {
      throw new Error('no');
    });
    await Promise.all([expect(told).rejects.toThrow('no'), commits.run(note('beside'))]);
    expect(await commits.run(note('later'))).toBe('later');
  });

  test('a piece that throws is undone alone', async () => {
    disk.end();
    const refused = commits.run(async (tx) => {
      await note('refused')(tx);
      throw new Error('no');
    });
    await Promise.all([expect(refused).rejects.toThrow('no'), commits.run(note('beside'))]);
    expect(await notes()).toEqual(['beside']);
  });

  test('leave every other commit as durable as before, whatever came of them', async () => {
    const durability = async () => (await sql<{ synchronous: number }>`pragma synchronous`.execute(store.db)).rows[0]!.synchronous;
    const full = 2;
    expect(await durability()).toBe(full);
    await commits.run(note('done'), 'commit');
    await commits.run(() => Promise.reject(new Error('no')), 'commit').catch(() => {});
    await store.unflushed!.transaction(() => Promise.reject(new Error('no'))).catch(() => {});
    expect(await durability()).toBe(full);
  });
});

test('the log’s disk is waited for after each write, together where several wait, and again after a failure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-log-disk-'));
  const path = join(folder, 'hookline.db');
  const disk = new LogDisk(`${path}-wal`);
  await expect(disk.flush()).rejects.toMatchObject({ code: 'ENOENT' });
  const store = openSqlite(path);
  await sql`create table notes (text text)`.execute(store.db);
  const [first, second] = [disk.flush(), disk.flush()];
  expect(second).toBe(first);
  await first;
  expect(disk.flush()).not.toBe(first);
  await disk.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Each wait ends when the test says so, in order; said before, it ends at once. */
function slowDisk() {
  const waiting: ((error?: Error) => void)[] = [];
  const said: (Error | undefined)[] = [];
  return {
    flush: () =>
      new Promise<void>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve());
        if (said.length > 0) end(said.shift());
        else waiting.push(end);
      }),
    end: (error?: Error) => {
      const next = waiting.shift();
      if (next) next(error);
      else said.push(error);
    },
  };
}
