import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anAutomation } from '#lib/domain/examples.testing.ts';
import { makeWorld, type World } from '#lib/engine/testing.ts';
import { readAll, readHere } from '#lib/services/long-reads.ts';
import { openSqlite, type Store } from '#lib/store/connect.ts';
import { migrate } from '#lib/store/migrate.ts';
import { ReadingThread } from './reading-thread.ts';

describe('the reading thread', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-reading-'));
  const path = join(folder, 'hookline.db');
  let store: Store;
  let world: World;
  let thread: ReadingThread;

  beforeAll(async () => {
    store = openSqlite(path);
    await migrate(store);
    world = await makeWorld(store);
    const lines = Array.from({ length: 200 }, (_, step) => ({ step, values: { loss: 200 - step } }));
    for (const run of ['r1', 'r2', 'r3']) await world.send({ type: 'run.metrics', run: { id: run }, metrics: lines });
    thread = new ReadingThread({ kind: 'sqlite', path });
  });
  afterAll(async () => {
    await thread.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const asked = (filter: object = { metric: { name: 'loss', aggregate: 'average', window: 5, is: 'below', threshold: 100 } }) => ({
    automation: anAutomation({ filter, scope: { kind: 'project', entityId: world.team.id, projectId: world.project.id } }),
    ranges: [{ entityId: world.team.id, projectIds: [world.project.id] }],
    since: 0,
    now: world.clock.nowMs,
    publicUrl: 'http://localhost:3000',
  });

  /** 129,600 planned times, each with a look at the runs of its minute. */
  const askedForLong = () => {
    const filter = { schedule: { cron: '* * * * *', timeZone: 'UTC' } };
    const automation = { ...asked().automation, on: 'schedule' as const, filter };
    return { ...asked(), automation, since: world.clock.nowMs - 90 * 24 * 3_600_000 };
  };

  test('answers what the same read answers here, over a connection of its own', async () => {
    const there = await readAll(thread, 'backtest', asked());
    expect(there.filter(({ type }) => type === 'firing')).toHaveLength(3);
    expect(there).toEqual(await readAll(readHere(store.reader), 'backtest', asked()));
  });

  test('goes on with others while callers come and go', async () => {
    for (let round = 0; round < 3; round++) {
      const left = Array.from({ length: 10 }, async () => {
        for await (const line of thread.read('backtest', askedForLong())) if (line.type === 'firing') return; // and asks for no more
      });
      const whole = Array.from({ length: 10 }, () => readAll(thread, 'backtest', asked()));
      await Promise.all(left);
      for (const lines of await Promise.all(whole)) expect(lines.at(-1)).toMatchObject({ type: 'done', values: 600 });
    }
  });

  test('tells what went wrong in one read, and answers the next', async () => {
    const broken = { ...asked(), automation: { ...asked().automation, filter: null as never } };
    await expect(readAll(thread, 'backtest', broken)).rejects.toThrow(/null/);
    expect((await readAll(thread, 'backtest', asked())).at(-1)).toMatchObject({ type: 'done' });
  });

  test('is started anew after it was lost', async () => {
    const reading = thread.read('backtest', askedForLong());
    await reading.next();
    await thread.close();
    await expect(readAll({ read: () => reading } as never, 'backtest', asked())).rejects.toMatchObject({ code: 'unavailable' });
    expect((await readAll(thread, 'backtest', asked())).at(-1)).toMatchObject({ type: 'done' });
  });
});
