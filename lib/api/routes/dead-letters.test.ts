import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { ReplayRunner } from '#lib/services/replays/replay-runner.ts';
import { egressTo } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';

const HOUR = 3_600_000;

describeStores('dead letters over REST', (makeStore) => {
  let store: Store;
  let world: World;
  let receiver: Receiver;
  let status = 503;
  let made = 0;

  beforeAll(async () => {
    receiver = await startReceiver((response) => {
      response.statusCode = status;
      response.end('answer');
    });
  });
  afterEach(() => world.platform.engine.stop());
  afterAll(() => receiver.close());

  beforeEach(async () => {
    status = 503;
    store = await makeStore();
    world = await makeWorld(store, [...automationRoutes, ...eventRoutes, ...executionRoutes, ...deadLetterRoutes], {
      egress: egressTo({ 'hook.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] }),
    });
    for (const [hook, host] of [
      ['alert-hook', 'hook.example'],
      ['other-hook', 'other.example'],
    ] as const) {
      await world.webhook(world.entities.acme, hook, { url: `http://${host}:${receiver.port}/s3cret-path` });
      const automation = {
        name: `To ${hook}`,
        scope: { project: 'acme/vision' },
        on: 'run.state',
        filter: { states: ['failed'], run: { name: `^${hook}` } },
        action: { webhook: hook },
        retry: { delaysSeconds: [0] },
      };
      expect((await world.call('jonas', 'POST', '/automations', automation)).status).toBe(201);
    }
  });

  const rest = async (method: string, path: string, body?: unknown, who = 'jonas') => (await world.call(who, method, path, body)).body;

  /** So many executions for a hook that are given up at once; their ids, oldest first. */
  async function failFor(hook: string, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const event = { type: 'run.state', run: { id: `run-${++made}`, name: `${hook}-${made}`, state: 'failed' } };
      ids.push(...(await rest('POST', '/projects/acme/vision/events', event)).executions);
      await world.platform.engine.worker.idle();
      world.advance(1000);
    }
    return ids;
  }

  const since = (ms: number) => new Date(world.platform.now() - ms).toISOString();
  const statusOf = async (id: string) => (await rest('GET', `/executions/${id}`)).status;
  const runner = (worker = 'runner-1') => new ReplayRunner(world.platform, worker);
  const finish = async (one = runner()) => {
    while (await one.step()) await world.platform.engine.worker.idle();
    await world.platform.engine.worker.idle();
  };

  test('the inbox lists what failed last first, and filters by entity, webhook, automation, cause and time of failing', async () => {
    const [first] = await failFor('alert-hook', 1);
    status = 404;
    const [second] = await failFor('other-hook', 1);
    const all = await rest('GET', '/dead-letters', undefined, 'vera');
    expect(all.items.map(({ id, cause }: { id: string; cause: string }) => [id, cause])).toEqual([
      [second, 'client_error'],
      [first, 'server_error'],
    ]);
    const found = async (search: string) => (await rest('GET', `/dead-letters?${search}`)).items.map(({ id }: { id: string }) => id);
    const { automation } = all.items[0];
    expect(await found(`automation=${automation.id}`)).toEqual([second]);
    expect(await found('webhook=whk_1')).toEqual([first]);
    expect(await found('cause=server_error&entity=ACME')).toEqual([first]);
    expect(await found('entity=acme-org')).toEqual([]);
    expect(await found(`since=${since(1500)}`)).toEqual([second]);
    expect(await found('project=acme/vision&limit=1')).toEqual([second]);
    expect((await world.call('jonas', 'GET', '/dead-letters?cause=nonsense')).status).toBe(400);
    expect((await rest('GET', '/dead-letters', undefined, 'mallory')).items).toEqual([]);

    expect(await rest('GET', '/dead-letters/summary?cause=client_error')).toEqual({
      count: { count: 1, more: false },
      entities: [{ name: 'acme', count: 2, mayReplay: true }],
      targets: expect.arrayContaining([
        { id: 'whk_1', name: 'alert-hook', kind: 'webhook', count: 1 },
        { id: 'whk_2', name: 'other-hook', kind: 'webhook', count: 1 },
      ]),
      automations: expect.arrayContaining([{ id: automation.id, name: 'To other-hook', count: 1 }]),
      causes: expect.arrayContaining([
        { cause: 'client_error', count: 1 },
        { cause: 'server_error', count: 1 },
      ]),
    });
  });

  test('a preview counts exactly and shows the newest; nothing is sent', async () => {
    const ids = await failFor('alert-hook', 7);
    const before = receiver.requests.length;
    const preview = await rest('POST', '/replays/preview', { since: since(5500) });
    expect(preview).toMatchObject({ count: 5, targets: [{ id: 'whk_1', entity: 'acme', count: 5, state: 'ok' }] });
    expect(preview.sample.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed().slice(0, 5));
    expect(receiver.requests).toHaveLength(before);
    expect((await world.call('vera', 'POST', '/replays/preview', { since: since(HOUR), entity: 'acme' })).status).toBe(403);
    expect((await world.call('vera', 'POST', '/replays/preview', { since: since(HOUR) })).body.count).toBe(0);
    expect((await rest('POST', '/replays/preview', { since: since(HOUR), webhook: 'whk_99' })).count).toBe(0);
  });

  test('a replay of many sends each once more, under its id, and tells what came of it', async () => {
    const ids = await failFor('alert-hook', 40); // more than a target is given at a time
    const others = await failFor('other-hook', 1);
    status = 200;
    const started = await world.call('jonas', 'POST', '/replays', { since: since(HOUR), webhook: 'whk_1' });
    expect(started).toMatchObject({ status: 201, body: { status: 'running', total: 40, replayed: 0, createdBy: 'jonas' } });
    const before = receiver.requests.length;
    await runner().step();
    expect((await rest('GET', `/replays/${started.body.id}`)).replayed).toBe(32);
    await finish();
    expect(await rest('GET', `/replays/${started.body.id}`)).toMatchObject({
      status: 'done',
      replayed: 40,
      outcome: { finished: 40, failed: 0, waiting: 0 },
      parts: [{ entity: 'acme', target: { name: 'alert-hook' }, status: 'done' }],
      can: { cancel: false },
    });
    const sent = receiver.requests.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(sent.toSorted()).toEqual(ids.toSorted());
    expect(await statusOf(others[0]!)).toBe('failed');
    expect((await rest('GET', '/replays', undefined, 'vera')).items).toMatchObject([{ id: started.body.id }]);
    expect((await world.call('mallory', 'GET', `/replays/${started.body.id}`)).status).toBe(404);
  });

  test('it goes on where it stood when the process that began it is gone, and what fails again is not caught twice', async () => {
    await failFor('alert-hook', 40);
    const { id } = await rest('POST', '/replays', { since: since(HOUR) });
    const before = receiver.requests.length;
    await runner('dies').step();
    await world.platform.engine.worker.idle();
    world.advance(10_000); // the lease of a dead process
    await finish(runner('restarted'));
    expect(receiver.requests).toHaveLength(before + 40);
    expect(await rest('GET', `/replays/${id}`)).toMatchObject({ status: 'done', replayed: 40, outcome: { finished: 0, failed: 40 } });
  });

  test('a cancelled one queues nothing more; what it had queued is delivered', async () => {
    await failFor('alert-hook', 40);
    status = 200;
    const { id } = await rest('POST', '/replays', { since: since(HOUR) });
    await runner().step();
    expect((await world.call('vera', 'POST', `/replays/${id}/cancel`)).status).toBe(403);
    expect((await world.call('mallory', 'POST', `/replays/${id}/cancel`)).status).toBe(404);
    expect(await rest('POST', `/replays/${id}/cancel`)).toMatchObject({ status: 'cancelled', replayed: 32, can: { cancel: false } });
    await finish();
    expect(await rest('GET', `/replays/${id}`)).toMatchObject({ outcome: { finished: 32 }, replayed: 32 });
    expect((await rest('GET', '/dead-letters?limit=200')).items).toHaveLength(8);
    expect((await world.call('jonas', 'POST', `/replays/${id}/cancel`)).status).toBe(409);
  });

  test('a target that is disabled on the way stops its own part alone', async () => {
    await failFor('alert-hook', 2);
    await failFor('other-hook', 2);
    status = 200;
    const { id } = await rest('POST', '/replays', { since: since(HOUR) });
    await store.db.updateTable('targets').set({ enabled: 0 }).where('id', '=', 1).execute();
    await finish();
    expect(await rest('GET', `/replays/${id}`)).toMatchObject({
      status: 'stopped',
      parts: [
        { target: { name: 'alert-hook' }, status: 'stopped', reason: 'alert-hook was disabled.', replayed: 0 },
        { target: { name: 'other-hook' }, status: 'done', replayed: 2 },
      ],
      outcome: { finished: 2, failed: 0, waiting: 0 },
    });
    const refused = await world.call('jonas', 'POST', '/replays', { since: since(HOUR), webhook: 'whk_1' });
    expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining('alert-hook, which is disabled') } } });
  });

  test('whoever loses the right stops replaying with it', async () => {
    await failFor('alert-hook', 1);
    const { id } = await rest('POST', '/replays', { since: since(HOUR) });
    await store.db.updateTable('memberships').set({ role: 'viewer' }).where('entity_id', '=', world.entities.acme.id).execute();
    await finish();
    expect(await rest('GET', `/replays/${id}`)).toMatchObject({ status: 'stopped', replayed: 0 });
    expect((await world.call('jonas', 'POST', '/replays', { since: since(HOUR), entity: 'acme' })).status).toBe(403);
  });
});
