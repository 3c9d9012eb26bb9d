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
    expect(body.verdict).toMatchObject({ kind: 'fired', at: '2026-11-21T04:00:04.000Z' });

    expect((await world.call('olga', 'GET', address)).body.items).toEqual([]);
    expect((await world.call('mallory', 'GET', address)).status).toBe(404);

    await world.platform.db.deleteFrom('events').where('entity_id', '=', world.entities.acme.id).execute();
    const [kept] = (await world.call('jonas', 'GET', address)).body.items;
    expect(kept).toMatchObject({ title: 'slow-owl' });
    expect(kept).not.toHaveProperty('event');
  });

  test('an automation that never fired tells what stands in its way', async () => {
    const world = await makeWorld(await makeStore(), [...automationRoutes, ...eventRoutes]);
    const make = async (name: string, rest: object) => {
      const document = { name, scope: { project: 'acme/vision' }, action: { nothing: true }, ...rest };
      const made = await world.call('ana', 'POST', '/automations', document);
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body.id as string;
    };
    const send = async (body: unknown) => {
      world.advance(2000);
      expect((await world.call('jonas', 'POST', '/projects/acme/vision/events', body)).status).toBe(202);
    };
    const verdict = async (id: string, who: 'jonas' | 'olga' = 'jonas') =>
      (await world.call(who, 'GET', `/automations/${id}/near-misses`)).body.verdict;

    const onLoss = await make('Loss', { on: 'run.metric_threshold', filter: { metric: loss } });
    const onAlias = await make('Alias', { on: 'artifact.alias_added', filter: { alias: '^production$' } });
    expect(await verdict(onLoss)).toMatchObject({
      kind: 'not_logged',
      text: 'No run in acme/vision has logged “val/loss” yet.',
      shares: [],
    });
    expect((await verdict(onAlias)).kind).toBe('no_event');

    await send({ type: 'run.metrics', run: { id: 'r0' }, metrics: [{ step: 0, values: { val_loss: 0.2 } }] });
    expect((await verdict(onLoss)).text).toMatch(/Runs there log “val_loss”: was that meant\?$/);

    await send({ type: 'artifact.created', artifact: { collection: 'detector', type: 'model', aliases: ['staging'] } });
    await send(values('swift-fox', 0.9));
    await send(values('slow-owl', 0.34));
    const onTag = await make('Tag', { on: 'artifact.alias_added', filter: { alias: '^x$' } });
    expect(await verdict(onTag)).toMatchObject({ kind: 'before_it_listened', at: '2026-11-21T04:00:04.000Z' });
    await world.platform.engine.stop();
    expect(await verdict(onLoss)).toMatchObject({
      kind: 'came_near',
      text: 'None of the last 2 runs that it judged met its conditions.',
      shares: [{ reason: 'short of the condition', count: 2, nearest: { subject: 'slow-owl', text: expect.stringContaining('0.34') } }],
    });
    expect(await verdict(onAlias)).toMatchObject({ kind: 'came_near', shares: [{ reason: 'with another alias', count: 1 }] });

    await world.call('ana', 'PATCH', `/automations/${onLoss}`, { enabled: false });
    expect(await verdict(onLoss)).toMatchObject({ kind: 'disabled', shares: [{ count: 2 }] });
  });
});
