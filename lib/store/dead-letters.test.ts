import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Db } from './connect.ts';
import {
  countFailed,
  countNewestFailed,
  type FailedPosition,
  listFailed,
  listFailedTargets,
  nextFailed,
  requeueFailed,
} from './dead-letters.ts';
import { insertRows } from './insert-rows.ts';
import { describeStores } from './testing.ts';

const T = Date.UTC(2026, 10, 21);
const EVENT = JSON.stringify({ place: {} });

type Failed = {
  id: string;
  failedAt: number;
  createdAt?: number;
  targetId?: number;
  automationId?: number;
  cause?: 'server_error' | 'timed_out';
};

async function insertFailed(db: Db, rows: readonly Failed[], status: 'failed' | 'finished' = 'failed'): Promise<void> {
  await insertRows(
    db,
    'executions',
    rows.map(({ id, failedAt, createdAt = failedAt, targetId = 5, automationId = 3, cause = 'server_error' }) => ({
      ...{ entity_id: 1, id, automation_id: automationId, automation_name: 'Deploy', on_type: 'schedule', action_kind: 'webhook' as const },
      ...{ event_entity_id: 1, event_id: 'evt_1', project_id: 7, target_entity_id: 1, target_id: targetId, status, cause },
      ...{
        number: 1,
        try: 1,
        second_chance_used: 0 as const,
        manual: 0 as const,
        counted: 0,
        created_at: createdAt,
        finished_at: failedAt,
      },
    })),
  );
  await insertRows(
    db,
    'execution_facts',
    rows.map(({ id }) => ({
      ...{ entity_id: 1, id, event: EVENT, decision: '{}', retry: '{}' },
      action: JSON.stringify({ kind: 'webhook', target: { entityId: 1, targetId: 5 } }),
    })),
  );
}

/** Every position until the end, as a replay goes over it. */
async function passOver(db: Db, filter: Parameters<typeof nextFailed>[2], sizes: { room: number; most: number }): Promise<string[]> {
  const ids: string[] = [];
  for (let position: FailedPosition = { at: 0, id: '' }; ; ) {
    const { passed, isLast } = await nextFailed(db, { entityId: 1, targetId: 5 }, filter, position, sizes);
    ids.push(...passed.filter(({ wanted }) => wanted).map(({ id }) => id));
    if (isLast) return ids;
    position = passed.at(-1)!;
  }
}

describeStores('dead letters', (makeStore) => {
  test('are listed by when they failed, whatever order they fired in, and no page skips or repeats one', async () => {
    const { db } = await makeStore();
    // Failed in another order than they fired, several in the same millisecond.
    const rows = Array.from({ length: 23 }, (_, n) => ({
      id: `exe_${String((n * 7) % 23).padStart(2, '0')}`,
      failedAt: T + (n % 5),
      createdAt: T - n,
    }));
    await insertFailed(db, rows);
    await insertFailed(db, [{ id: 'exe_ok', failedAt: T }], 'finished');
    const expected = rows.toSorted((a, b) => b.failedAt - a.failedAt || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
    const seen: string[] = [];
    for (let before: FailedPosition | undefined; ; ) {
      const page = await listFailed(db, { entityIds: [1] }, { limit: 4, before });
      seen.push(...page.map(({ execution }) => execution.id));
      if (page.length < 4) break;
      before = { at: page.at(-1)!.execution.finishedAt!, id: page.at(-1)!.execution.id };
    }
    expect(seen).toEqual(expected);
  });

  test('a replay passes over every one once, however small its steps, and what fails again meanwhile is not caught a second time', async () => {
    const { db } = await makeStore();
    await insertFailed(
      db,
      Array.from({ length: 40 }, (_, n) => ({
        id: `exe_${String((n * 11) % 40).padStart(2, '0')}`,
        failedAt: T + (n % 3),
        cause: n % 4 === 0 ? ('timed_out' as const) : ('server_error' as const),
      })),
    );
    const filter = { untilMs: T + 2 };
    const all = await passOver(db, filter, { room: 3, most: 5 });
    expect(all).toHaveLength(40);
    expect(new Set(all).size).toBe(40);
    expect(await passOver(db, { ...filter, cause: 'timed_out' }, { room: 3, most: 5 })).toHaveLength(10);
    expect(await countFailed(db, 1, 5, { ...filter, sinceMs: T })).toBe(40);
    expect(await countFailed(db, 1, 5, { ...filter, sinceMs: T + 1, cause: 'timed_out' })).toBeLessThan(10);
    await insertFailed(db, [{ id: 'exe_99', failedAt: T + 3 }]);
    expect(await passOver(db, filter, { room: 100, most: 100 })).toHaveLength(40);
  });

  test('only what is still failed is queued again', async () => {
    const { db } = await makeStore();
    await insertFailed(db, [{ id: 'exe_1', failedAt: T }]);
    await insertFailed(db, [{ id: 'exe_2', failedAt: T }], 'finished');
    expect(await requeueFailed(db, 1, ['exe_1', 'exe_2'], 'rpl_1', T + 5)).toEqual(['exe_1']);
    const row = await db.selectFrom('executions').selectAll().where('id', '=', 'exe_1').executeTakeFirstOrThrow();
    await db.updateTable('executions').set({ status: 'failed', due_at: null }).where('id', '=', 'exe_1').execute();
    expect(await requeueFailed(db, 1, ['exe_1'], 'rpl_1', T + 5)).toEqual([]);
    expect(await requeueFailed(db, 1, ['exe_1'], 'rpl_2', T + 5)).toEqual(['exe_1']);
    expect(row).toMatchObject({ status: 'pending', due_at: T + 5, try: 0, number: 1, cause: null, replay_id: 'rpl_1', finished_at: null });
  });

  test('says which targets, automations and causes there are', async () => {
    const { db } = await makeStore();
    await insertFailed(db, [
      { id: 'exe_1', failedAt: T, targetId: 5 },
      { id: 'exe_2', failedAt: T, targetId: 9, cause: 'timed_out' },
      { id: 'exe_3', failedAt: T, targetId: 9, cause: 'timed_out' },
    ]);
    expect(await listFailedTargets(db, 1)).toEqual([
      { entityId: 1, targetId: 5 },
      { entityId: 1, targetId: 9 },
    ]);
    expect(await listFailedTargets(db, 1, 7)).toEqual([]);
    const { kinds } = await countNewestFailed(db, { entityIds: [1] }, 10);
    expect(kinds.map(({ targetId, cause, count }) => [targetId, cause, count]).toSorted()).toEqual([
      [5, 'server_error', 1],
      [9, 'timed_out', 2],
    ]);
    expect((await countNewestFailed(db, { entityIds: [1] }, 2)).more).toBe(true);
  });

  test('neither pages nor counts read rows of deliveries that went well', async () => {
    const store = await makeStore();
    if (store.kind === 'postgres') return; // whose planner goes by statistics that an empty table has not
    const plan = async (query: ReturnType<typeof sql>) =>
      (await query.execute(store.db)).rows.map((row) => (row as { detail: string }).detail).join('; ');
    expect(
      await plan(sql`explain query plan select id, finished_at from executions where entity_id = 1 and status = 'failed' and cause = 'tls'
        and (finished_at, id) < (5, 'x') order by finished_at desc, id desc limit 10`),
    ).toContain('COVERING INDEX executions_failed');
    expect(
      await plan(sql`explain query plan select count(*) from executions where entity_id = 1 and status = 'failed' and target_id = 5
        and finished_at >= 5 and automation_id = 3 and cause = 'tls'`),
    ).toContain('COVERING INDEX executions_failed_target');
  });
});
