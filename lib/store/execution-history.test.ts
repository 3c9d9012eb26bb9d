import { expect, test } from 'vitest';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Execution } from '#lib/domain/execution.ts';
import type { Db } from './connect.ts';
import { countExecutions, findExecution, listAttempts, listExecutions } from './execution-history.ts';
import { claimExecutions, type NewExecution, queueExecutions } from './executions.ts';
import { requeueExecution } from './replay-executions.ts';
import { settleExecutions } from './settle-executions.ts';
import { describeStores } from './testing.ts';

const T = Date.UTC(2026, 10, 21);
const target = { entityId: 1, targetId: 5, targetEntityId: 1 };

function execution(id: string, changes: Partial<Execution> = {}): NewExecution & { on: AutomationEvent } {
  const place = { entityId: 1, entity: 'acme', projectId: 7, project: 'vision', isRegistry: false };
  return {
    entityId: 1,
    id,
    automationId: 3,
    automationName: 'Deploy',
    on: 'artifact.created',
    eventId: 'evt_1',
    event: {
      id: 'evt_1',
      at: T,
      receivedAt: T,
      author: 'ana',
      reportedBy: null,
      place,
      type: 'schedule',
      plannedAt: T,
      missed: 0,
      summary: SUMMARY,
    },
    decision: { kind: 'fire', clauses: [] },
    action: { kind: 'webhook', target, template: null, templateForm: 'json' },
    retry: { delaysSeconds: [0, 5] },
    status: 'pending',
    reason: null,
    dueAt: T,
    number: 0,
    try: 0,
    secondChanceUsed: false,
    manual: false,
    editedFromId: null,
    createdAt: T,
    finishedAt: null,
    ...changes,
  };
}
const SUMMARY = { from: '', to: '', total: 0, states: {}, runs: [], truncated: false };

const settlement = (id: string, number = 1) => ({
  entityId: 1,
  id,
  number,
  status: 'finished' as const,
  reason: null,
  dueAt: null,
  try: 1,
  secondChanceUsed: false,
  startedAt: T,
  endedAt: T + 20,
});

async function idsOf(db: Db, filter: Partial<Parameters<typeof listExecutions>[1]>, limit = 50) {
  const items = await listExecutions(db, { ranges: [{ entityId: 1 }], ...filter }, { limit });
  return items.map((item) => item.execution.id);
}

describeStores('history of executions', (makeStore) => {
  test('pages follow each other newest first over several entities, without gaps or repeats', async () => {
    const { db } = await makeStore();
    const made = Array.from({ length: 9 }, (_, i) => execution(`exe_${i}`, { entityId: 1 + (i % 2), createdAt: T + Math.floor(i / 2) }));
    await queueExecutions(db, made);
    const ranges = [{ entityId: 1 }, { entityId: 2 }];
    const seen: string[] = [];
    let before: { createdAt: number; id: string } | undefined;
    for (;;) {
      const page = await listExecutions(db, { ranges }, { limit: 2, before });
      seen.push(...page.map((item) => item.execution.id));
      if (page.length < 2) break;
      before = page.at(-1)!.execution;
    }
    expect(seen).toEqual(made.map(({ id }) => id).reverse());
    expect(await countExecutions(db, { ranges })).toEqual({ count: 9, more: false });
  });

  test('another entity’s executions are not found, listed, claimed, settled or replayed', async () => {
    const { db } = await makeStore();
    await queueExecutions(db, [execution('exe_other', { entityId: 2 })]);
    expect(await findExecution(db, 1, 'exe_other')).toBeNull();
    expect(await idsOf(db, {})).toEqual([]);
    expect(await claimExecutions(db, target, T, 10, 'w')).toEqual([]);
    await claimExecutions(db, { ...target, entityId: 2 }, T, 10, 'w');
    expect(await settleExecutions(db, [settlement('exe_other')])).toEqual([false]);
    expect(await requeueExecution(db, 1, 'exe_other', T)).toBe(false);
    expect(await listAttempts(db, 1, 'exe_other')).toEqual([]);
  });

  test('settling is guarded by the attempt’s number: an older attempt writes nothing', async () => {
    const { db } = await makeStore();
    await queueExecutions(db, [execution('exe_1')]);
    await claimExecutions(db, target, T, 1, 'first');
    await claimExecutions(db, target, T + 10_000, 1, 'second'); // the lease ran out
    expect(await settleExecutions(db, [settlement('exe_1', 1), settlement('exe_1', 2)])).toEqual([false, true]);
    expect(await settleExecutions(db, [settlement('exe_1', 2)])).toEqual([false]);
    expect(await listAttempts(db, 1, 'exe_1')).toMatchObject([
      { number: 1, durationMs: null },
      { number: 2, durationMs: 20 },
    ]);
  });

  test('a replayed execution starts its tries anew and goes on counting attempts', async () => {
    const { db } = await makeStore();
    await queueExecutions(db, [execution('exe_1')]);
    await claimExecutions(db, target, T, 1, 'w');
    expect(await requeueExecution(db, 1, 'exe_1', T)).toBe(false); // it is being sent
    await settleExecutions(db, [settlement('exe_1')]);
    expect(await requeueExecution(db, 1, 'exe_1', T + 100)).toBe(true);
    expect(await claimExecutions(db, target, T + 100, 1, 'w')).toMatchObject([{ id: 'exe_1', number: 2, try: 1 }]);
  });

  test('filters narrow by status, time, project and automation', async () => {
    const { db } = await makeStore();
    await queueExecutions(db, [
      execution('exe_1', { status: 'skipped', dueAt: null }),
      execution('exe_2', { createdAt: T + 1000 }),
      execution('exe_3', { automationId: 4, createdAt: T + 2000 }),
    ]);
    expect(await idsOf(db, { status: 'pending' })).toEqual(['exe_3', 'exe_2']);
    expect(await idsOf(db, { sinceMs: T + 1, untilMs: T + 2000 })).toEqual(['exe_2']);
    expect(await idsOf(db, { automationId: 4 })).toEqual(['exe_3']);
    expect(await idsOf(db, { ranges: [{ entityId: 1, projectIds: [8] }] })).toEqual([]);
    expect(await idsOf(db, { ranges: [{ entityId: 1, projectIds: [7] }], projectId: 7 }, 1)).toEqual(['exe_3']);
  });
});
