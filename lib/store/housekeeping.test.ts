import { expect, test } from 'vitest';
import { insertAuditRow } from './audit.ts';
import { deleteEnded, pruneAudit } from './housekeeping.ts';
import { listOpenNotices, putNotice } from './notices.ts';
import { takeCount } from './rate-counts.ts';
import { describeStores } from './testing.ts';

describeStores('housekeeping', (makeStore) => {
  test('audit rows go when they are too old, however many there are', async () => {
    const { db } = await makeStore();
    const row = { entityId: 0, actorKind: 'system', actorId: null, actorName: 'system', what: 'x.done', target: 'x' } as const;
    const rest = { before: null, after: null, address: null, requestId: null };
    await db.transaction().execute(async (tx) => {
      for (let at = 0; at < 1100; at++) await insertAuditRow(tx, { ...row, ...rest, id: `aud_${String(at).padStart(5, '0')}`, at });
    });
    await pruneAudit(db, 1098);
    expect((await db.selectFrom('audit').select('at').orderBy('at').execute()).map(({ at }) => at)).toEqual([1098, 1099]);
  });

  test('a count that ended is removed; one that runs stays', async () => {
    const { db } = await makeStore();
    await takeCount(db, 'ended', 5, 1000, 0);
    await takeCount(db, 'running', 5, 3000, 0);
    await deleteEnded(db, 2000);
    expect(await db.selectFrom('rate_counts').select('subject').execute()).toEqual([{ subject: 'running' }]);
  });

  test('good news is over after two days; trouble stays until somebody sees to it', async () => {
    const { db } = await makeStore();
    const notice = { entityId: 1, message: 'x', href: null, at: 0 };
    await putNotice(db, { ...notice, id: 'ntc_1', topic: 'target:1', severity: 'info' });
    await putNotice(db, { ...notice, id: 'ntc_2', topic: 'target:2', severity: 'danger' });
    const open = async () => (await listOpenNotices(db, [1], 9)).map(({ id }) => id).sort();
    await deleteEnded(db, 2 * 86_400_000 - 1);
    expect(await open()).toEqual(['ntc_1', 'ntc_2']);
    await deleteEnded(db, 2 * 86_400_000);
    expect(await open()).toEqual(['ntc_2']);
  });

  test('many who take from one count at once get no more than the limit', async () => {
    const { db } = await makeStore();
    const taken = await Promise.all(Array.from({ length: 20 }, () => takeCount(db, 'one', 5, 1000, 0)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(await takeCount(db, 'one', 5, 1000, 1000)).toEqual({ allowed: true, retryAfterMs: 1000 });
  });
});
