import { expect, test } from 'vitest';
import { queueExecutions } from '#lib/store/executions.ts';
import { describeStores } from '#lib/store/testing.ts';
import { delivered, makeWorld, type World } from './testing.ts';

const WAITING = 10_000;
const DELIVERED = 40;
const created = (collection: string) => ({ type: 'artifact.created', artifact: { collection, type: 'model' } });

// How little it costs the healthy one is measured by `npm run bench -- "dead webhook"`.
describeStores('a dead webhook for which 10,000 executions wait', (makeStore) => {
  test('keeps nothing of a healthy one waiting', async () => {
    const world = await makeWorld(await makeStore(), {
      answer: (execution) =>
        'target' in execution.action && execution.action.target.targetId === dead.targetId
          ? new Promise(() => {})
          : Promise.resolve(delivered),
    });
    const dead = await world.insertWebhook();
    const healthy = await world.insertWebhook();
    const automate = (collection: string, target: typeof dead) =>
      world.automate('artifact.created', {
        filter: { collection: `^${collection}$` },
        maxFiringsPerMinute: 10_000,
        action: { kind: 'webhook', target, template: null, templateForm: 'json' },
      });
    await automate('line', healthy);
    await automate('pile', dead);

    await world.send(Array.from({ length: 8 }, () => created('pile')));
    await expect.poll(() => world.engine.worker.inFlight).toBe(8);
    const one = world.sent.at(-1)!;
    const waiting = Array.from({ length: WAITING }, (_, index) => ({
      ...one,
      id: `${one.id}${index}`,
      on: 'artifact.created' as const,
      status: 'pending' as const,
      number: 0,
      try: 0,
      dueAt: world.clock.nowMs,
    }));
    await queueExecutions(world.db, waiting);
    world.engine.worker.wake({ entityId: one.entityId, targetId: dead.targetId, targetEntityId: dead.entityId });
    await deliverOneByOne(world);
    const rows = await world.readExecutions();
    expect(rows.filter(({ target_id: id, status }) => id === dead.targetId && status === 'pending')).toHaveLength(WAITING);
    expect(rows.filter(({ target_id: id, status }) => id === healthy.targetId && status === 'finished')).toHaveLength(DELIVERED);
  });
});

/** Each event is sent when the webhook of the one before was sent and recorded. */
async function deliverOneByOne(world: World): Promise<void> {
  for (let round = 0; round < DELIVERED; round++) {
    const { executions } = await world.send(created('line'));
    await new Promise<void>((resolve) => {
      const stop = world.engine.feed.subscribe(async ({ ids }) => {
        if (!ids.includes(executions[0]!)) return;
        const row = await world.db.selectFrom('executions').select('status').where('id', '=', executions[0]!).executeTakeFirst();
        if (row?.status !== 'finished') return;
        stop();
        resolve();
      });
    });
  }
}
