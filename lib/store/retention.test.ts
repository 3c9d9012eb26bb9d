import { expect, test } from 'vitest';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { Db } from './connect.ts';
import { rememberClientIds } from './events.ts';
import { executionRow } from './execution-row.testing.ts';
import { insertRows } from './insert-rows.ts';
import { requeueExecution } from './replay-executions.ts';
import { pruneHistory } from './retention.ts';
import { describeStores } from './testing.ts';

const TEAM = 7;
const OLD = 1000;
const LIMIT = 5000;
const padded = (number: number) => String(number).padStart(6, '0');

async function insertTeam(db: Db): Promise<void> {
  await db
    .insertInto('entities')
    .values({ id: TEAM, kind: 'team', name: 'acme', name_folded: 'acme', organization_id: null, created_at: 0 })
    .execute();
}

type Made = { id: string; status: ExecutionStatus; createdAt: number; finishedAt: number | null };

/** Each with two attempts and their bodies. */
async function insertExecutions(db: Db, made: readonly Made[]): Promise<void> {
  const isOpen = (status: ExecutionStatus) => status === 'pending' || status === 'running';
  await insertRows(
    db,
    'executions',
    made.map(({ id, status, createdAt, finishedAt }) => {
      const times = { due_at: isOpen(status) ? createdAt : null, created_at: createdAt, finished_at: finishedAt };
      return executionRow({ entity_id: TEAM, id, status, number: 2, try: 2, ...times });
    }),
  );
  await insertRows(
    db,
    'execution_facts',
    made.map(({ id }) => ({ entity_id: TEAM, id, event: '{}', decision: '{}', action: '{}', retry: '{}' })),
  );
  const attempts = made.flatMap(({ id, createdAt }) => [1, 2].map((number) => ({ execution_id: id, number, started_at: createdAt })));
  await insertRows(
    db,
    'attempts',
    attempts.map((attempt) => ({ entity_id: TEAM, try: 1, target_id: 3, ...attempt })),
  );
  await insertRows(
    db,
    'attempt_bodies',
    attempts.map((attempt) => ({ entity_id: TEAM, ...attempt, request: '{}', response: null })),
  );
}

const HISTORY = ['executions', 'execution_facts', 'attempts', 'attempt_bodies'] as const;

async function countHistory(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of HISTORY) {
    const { n } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    counts[table] = Number(n);
  }
  return counts;
}

describeStores('retention', (makeStore) => {
  test('old executions go with all that hangs on them, however many; newer and waiting ones stay whole', async () => {
    const { db } = await makeStore();
    await insertTeam(db);
    await insertExecutions(db, [
      ...Array.from({ length: 1203 }, (_, n) => ({
        id: `exe_${padded(n)}`,
        status: n % 2 ? ('finished' as const) : ('skipped' as const),
        createdAt: OLD + n,
        finishedAt: OLD + n,
      })),
      { id: 'exe_pending', status: 'pending', createdAt: OLD, finishedAt: null },
      { id: 'exe_running', status: 'running', createdAt: OLD, finishedAt: null },
      { id: 'exe_replayed', status: 'finished', createdAt: OLD, finishedAt: LIMIT },
      { id: 'exe_young', status: 'failed', createdAt: LIMIT, finishedAt: LIMIT },
    ]);
    await pruneHistory(db, { rowsBefore: LIMIT, bodiesBefore: 0 });
    const left = await db.selectFrom('executions').select('id').orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual(['exe_pending', 'exe_replayed', 'exe_running', 'exe_young']);
    expect(await countHistory(db)).toEqual({ executions: 4, execution_facts: 4, attempts: 8, attempt_bodies: 8 });
  });

  test('bodies go before the attempts they belong to, not those of what still waits', async () => {
    const { db } = await makeStore();
    await insertTeam(db);
    await insertExecutions(db, [
      ...Array.from({ length: 600 }, (_, n) => ({
        id: `exe_${padded(n)}`,
        status: 'finished' as const,
        createdAt: OLD,
        finishedAt: OLD,
      })),
      { id: 'exe_pending', status: 'pending', createdAt: OLD, finishedAt: null },
      { id: 'exe_young', status: 'finished', createdAt: LIMIT, finishedAt: LIMIT },
    ]);
    await pruneHistory(db, { rowsBefore: 0, bodiesBefore: LIMIT });
    expect(await countHistory(db)).toEqual({ executions: 602, execution_facts: 602, attempts: 1204, attempt_bodies: 4 });
    const kept = await db.selectFrom('attempt_bodies').select('execution_id').distinct().orderBy('execution_id').execute();
    expect(kept.map((row) => row.execution_id)).toEqual(['exe_pending', 'exe_young']);
  });

  test('what is queued again is kept', async () => {
    const { db } = await makeStore();
    await insertTeam(db);
    await insertExecutions(db, [{ id: 'exe_1', status: 'failed', createdAt: OLD, finishedAt: OLD }]);
    await requeueExecution(db, TEAM, 'exe_1', LIMIT);
    await pruneHistory(db, { rowsBefore: LIMIT, bodiesBefore: LIMIT });
    expect(await countHistory(db)).toEqual({ executions: 1, execution_facts: 1, attempts: 2, attempt_bodies: 2 });
  });

  test('an event and its sender’s id are forgotten together', async () => {
    const { db } = await makeStore();
    await insertTeam(db);
    const place = { entityId: TEAM, projectId: 1 };
    await insertRows(
      db,
      'events',
      Array.from({ length: 1100 }, (_, n) => ({
        entity_id: TEAM,
        id: `evt_${padded(n)}`,
        project_id: 1,
        type: 'run.state' as const,
        at: n,
        received_at: n,
        author: null,
        reported_by: null,
        run: null,
        version_id: null,
        collection_id: null,
        facts: '{}',
      })),
    );
    await insertRows(
      db,
      'event_keys',
      Array.from({ length: 1100 }, (_, n) => ({ entity_id: TEAM, project_id: 1, client_event_id: `mine-${n}`, received_at: n })),
    );
    await pruneHistory(db, { rowsBefore: 1098, bodiesBefore: 0 });
    expect((await db.selectFrom('events').select('id').orderBy('id').execute()).map(({ id }) => id)).toEqual(['evt_001098', 'evt_001099']);
    expect(await rememberClientIds(db, place, ['mine-1097', 'mine-1098'], 2000)).toEqual(new Set(['mine-1098']));
  });

  test('a server that stops does not wait for the rest', async () => {
    const { db } = await makeStore();
    await insertTeam(db);
    await insertExecutions(db, [{ id: 'exe_1', status: 'failed', createdAt: OLD, finishedAt: OLD }]);
    await pruneHistory(db, { rowsBefore: LIMIT, bodiesBefore: LIMIT }, AbortSignal.abort());
    expect(await countHistory(db)).toMatchObject({ executions: 1, attempt_bodies: 2 });
  });
});
