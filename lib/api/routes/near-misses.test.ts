import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';

const loss = { name: 'val/loss', aggregate: 'none', window: 1, is: 'below', threshold: 0.3 };
const values = (run: string, ...logged: number[]) => ({
  type: 'run.metrics',
  run: { id: run, name: run },
  metrics: logged.map((value, step) => ({ step, values: { 'val/loss': value } })),
});

describeStores('near misses over REST', (makeStore) => {
  test('an automation tells why it did not fire, to those who see where that was', async () => {
    const world = await makeWorld(await makeStore(), [...automationRoutes, ...eventRoutes]);
    const rule = { on: 'run.metric_threshold', filter: { metric: loss }, action: { nothing: true } };
    const wide = { name: 'Wide', scope: { organization: 'acme-org' }, team: 'acme', ...rule };
    const made = await world.call('ana', 'POST', '/automations', wide);
    expect(made.status).toBe(201);
    const send = async (body: unknown) => {
      world.advance(2000);
      expect((await world.call('jonas', 'POST', '/projects/acme/vision/events', body)).status).toBe(202);
    };
    await send(values('swift-fox', 0.9));
    await send(values('swift-fox', 0.1));
    await send(values('swift-fox', 0.2));
    await send(values('slow-owl', 0.5));
    await world.platform.engine.stop();

    const address = `/automations/${made.body.id}/near-misses`;
    const { status, body } = await world.call('jonas', 'GET', address);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { title: expect.stringContaining('slow-owl'), eventType: 'run.metrics', decision: { kind: 'skip', because: 'filter_did_not_match' } },
      { title: expect.stringContaining('swift-fox'), decision: { because: 'fired_within_24_hours' }, event: { project: 'vision' } },
      { title: expect.stringContaining('swift-fox'), decision: { because: 'filter_did_not_match' } },
    ]);
    const [clause] = body.items[0].decision.clauses.filter(({ holds }: { holds: boolean }) => !holds);
    expect(clause.text).toContain('0.5');
    expect(body.heldBack).toBe(1);

    expect((await world.call('olga', 'GET', address)).body.items).toEqual([]);
    expect((await world.call('mallory', 'GET', address)).status).toBe(404);

    await world.platform.db.deleteFrom('events').where('entity_id', '=', world.entities.acme.id).execute();
    const [kept] = (await world.call('jonas', 'GET', address)).body.items;
    expect(kept).toMatchObject({ title: 'slow-owl' });
    expect(kept).not.toHaveProperty('event');
  });
});
