import { expect, test } from 'vitest';
import { FINE_MS, HEALTH_RANGES } from '#lib/domain/delivery-health.ts';
import { addDeliveryCounts, listDeliveryCounts, pruneDeliveryCounts } from '#lib/store/delivery-counts.ts';
import { describeStores } from '#lib/store/testing.ts';
import { DeliveryHealth } from './delivery-health.ts';
import { delivered, makeWorld, START, unavailable, type World } from './testing.ts';

const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };

const countsOf = ({ db, webhook, clock }: World, range: keyof typeof HEALTH_RANGES = '1h') => {
  const { ms, widthMs, stepMs } = HEALTH_RANGES[range];
  const to = Math.floor(clock.nowMs / stepMs + 1) * stepMs;
  return listDeliveryCounts(db, webhook, { widthMs, stepMs, from: to - ms, to });
};

describeStores('counts of attempts', (makeStore) => {
  test('say what became of each, when and how fast, also from several processes', async () => {
    const answers = [delivered, delivered, unavailable];
    const world = await makeWorld(await makeStore(), { maxConcurrent: 1, answer: async () => answers.shift()! });
    await world.automate('artifact.created', { retry: { delaysSeconds: [0] } });
    await world.send([created, created]);
    await world.deliverDue();
    await world.engine.keepNotes();
    world.clock.advance(FINE_MS);
    await world.engine.worker.stop();
    const other = world.newEngine('worker-2', async () => answers.shift()!);
    await world.send(created);
    await world.deliverDue(other);
    await other.keepNotes();
    await world.engine.keepNotes(); // again: nothing is counted twice
    const counts = await countsOf(world);
    const [first, second] = [...new Set(counts.map(({ step }) => step))].toSorted((a, b) => a - b);
    expect(counts.filter(({ step }) => step === first).toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      { step: first, kind: 'delivered', count: 2 },
      { step: first, kind: 'ms:7', count: 2 },
    ]);
    expect(counts.filter(({ step }) => step === second).map(({ kind, count }) => [kind, count])).toContainEqual(['server_error', 1]);
    expect((await countsOf(world, '7d')).filter(({ kind }) => kind === 'delivered')).toMatchObject([{ count: 2 }]);
  });

  test('that cannot be written are kept for the next time', async () => {
    const store = await makeStore();
    const health = new DeliveryHealth();
    const target = { entityId: 1, targetId: 2 };
    health.note(target, delivered, START);
    const broken = new Proxy(store.db, {
      get: () => {
        throw new Error('disk full');
      },
    });
    await expect(health.write(broken)).rejects.toThrow('disk full');
    health.note(target, delivered, START);
    await health.write(store.db);
    const counts = await listDeliveryCounts(store.db, target, { widthMs: FINE_MS, stepMs: FINE_MS, from: START, to: START + FINE_MS });
    expect(counts.find(({ kind }) => kind === 'delivered')).toEqual({ step: 0, kind: 'delivered', count: 2 });
  });

  test('go when they are too old: the fine ones after two days', async () => {
    const { db } = await makeStore();
    const id = 1;
    await db
      .insertInto('entities')
      .values({ id, kind: 'team', name: 'a', name_folded: 'a', organization_id: null, created_at: 0 })
      .execute();
    const at = { entityId: id, targetId: 2, kind: 'delivered' as const, count: 1 };
    await addDeliveryCounts(db, [
      { ...at, width: FINE_MS, startsAt: 0 },
      { ...at, width: FINE_MS, startsAt: FINE_MS },
      { ...at, width: 3_600_000, startsAt: 0 },
    ]);
    await pruneDeliveryCounts(db, { fine: FINE_MS, coarse: 0 });
    expect(await db.selectFrom('delivery_counts').select(['width', 'starts_at']).orderBy('width').execute()).toEqual([
      { width: FINE_MS, starts_at: FINE_MS },
      { width: 3_600_000, starts_at: 0 },
    ]);
  });
});
