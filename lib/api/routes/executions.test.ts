import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { streamExecutions } from '#lib/services/executions/stream-executions.ts';
import { egressTo } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { deleteMember, putMember } from '#lib/store/memberships.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';

const failedRuns = {
  name: 'Failed runs',
  scope: { project: 'acme/vision' },
  on: 'run.state',
  filter: { states: ['failed'] },
  action: { webhook: 'alert-hook', payload: { run: '${run_name}' } },
};

describeStores('executions over REST', (makeStore) => {
  let store: Store;
  let world: World;
  let receiver: Receiver;
  let status: number;

  beforeAll(async () => {
    status = 200;
    receiver = await startReceiver((response) => {
      response.statusCode = status;
      response.end('answer');
    });
    store = await makeStore();
    world = await makeWorld(store, [...automationRoutes, ...eventRoutes, ...executionRoutes], {
      egress: egressTo({ 'hook.example': ['127.0.0.1'] }),
    });
    await world.webhook(world.entities.acme, 'alert-hook', { url: `http://hook.example:${receiver.port}/s3cret-path` });
    expect((await world.call('jonas', 'POST', '/automations', failedRuns)).status).toBe(201);
  });
  afterAll(async () => {
    await world.platform.engine.stop();
    await receiver.close();
  });

  /** A run fails, the webhook is told; answers the execution's id. */
  async function fail(run: string): Promise<string> {
    const sent = await world.call('jonas', 'POST', '/projects/acme/vision/events', {
      type: 'run.state',
      run: { id: run, state: 'failed' },
    });
    await world.platform.engine.worker.idle();
    return sent.body.executions[0];
  }

  test('a delivered one tells what was sent and what came back, in words', async () => {
    const id = await fail('r1');
    const { body, text } = await world.call('vera', 'GET', `/executions/${id}`);
    expect(body).toMatchObject({
      status: 'finished',
      title: 'r1 failed',
      target: { kind: 'webhook', name: 'alert-hook' },
      automation: { name: 'Failed runs', deleted: false },
      outcome: { title: expect.stringMatching(/^Delivered in /), text: 'alert-hook answered 200.' },
      decision: { kind: 'fire' },
      action: { webhook: 'alert-hook', payload: { run: '${run_name}' } },
      attempts: [{ number: 1, try: 1, status: 200, body: 'answer', address: '127.0.0.1' }],
      can: { replay: false, tryNow: false, sendNow: false, editAndSend: false },
    });
    expect(JSON.parse(body.request.body)).toEqual({ run: 'r1' });
    expect(text).not.toContain('s3cret-path');
    const asAdmin = await world.call('ana', 'GET', `/executions/${id}`);
    expect(asAdmin.body.request.url).toContain('s3cret-path');
    expect(asAdmin.body.can).toMatchObject({ replay: true, editAndSend: true });
  });

  test('a failed try waits with its cause, and can be tried at once', async () => {
    status = 503;
    const id = await fail('r2');
    const waiting = await world.call('jonas', 'GET', `/executions/${id}`);
    expect(waiting.body).toMatchObject({
      status: 'pending',
      failedTries: 1,
      outcome: { title: 'Answered 503', text: expect.stringContaining('1 of 8 tries failed') },
    });
    expect(waiting.body.nextAttemptAt).not.toBeNull();
    status = 200;
    expect((await world.call('jonas', 'POST', `/executions/${id}/send-now`)).status).toBe(202);
    await world.platform.engine.worker.idle();
    expect((await world.call('jonas', 'GET', `/executions/${id}`)).body).toMatchObject({
      status: 'finished',
      attempts: [{ status: 503 }, { status: 200 }],
    });
  });

  test('replay keeps the id; an edited payload makes a new execution that names the old one', async () => {
    const id = await fail('r3');
    const again = await world.call('jonas', 'POST', `/executions/${id}/replay`, {});
    expect(again).toMatchObject({ status: 202, body: { executionId: id } });
    await world.platform.engine.worker.idle();
    expect(receiver.requests.at(-1)!.headers['webhook-id']).toBe(id);
    const wrong = await world.call('jonas', 'POST', `/executions/${id}/replay`, { payload: '{ nope' });
    expect(wrong).toMatchObject({ status: 400, body: { error: { issues: [{ path: ['payload'] }] } } });
    const edited = await world.call('jonas', 'POST', `/executions/${id}/replay`, { payload: { edited: '${run_id}' } });
    await world.platform.engine.worker.idle();
    expect(JSON.parse(receiver.requests.at(-1)!.body.toString())).toEqual({ edited: 'r3' });
    expect((await world.call('jonas', 'GET', `/executions/${edited.body.executionId}`)).body).toMatchObject({
      editedFrom: id,
      manual: true,
    });
    expect((await world.call('jonas', 'POST', `/executions/${id}/send-now`)).status).toBe(409);
  });

  test('lists filter and page; counts stop at a limit', async () => {
    const all = await world.call('vera', 'GET', '/executions?project=acme/vision&limit=2');
    expect(all.body.items).toHaveLength(2);
    const rest = await world.call('vera', 'GET', `/executions?project=acme/vision&limit=200&after=${all.body.next}`);
    const ids = [...all.body.items, ...rest.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await world.call('vera', 'GET', '/executions?project=acme/vision&run=r1')).body.items).toMatchObject([{ title: 'r1 failed' }]);
    expect((await world.call('vera', 'GET', '/executions/counts')).body).toMatchObject({
      all: { count: 4, more: false },
      failed: { count: 0 },
      finished: { count: 4 },
    });
    expect((await world.call('vera', 'GET', '/executions?status=nonsense')).status).toBe(400);
  });

  test('strangers see nothing, viewers change nothing', async () => {
    const { body } = await world.call('vera', 'GET', '/executions');
    const at = `/executions/${body.items[0].id}`;
    expect((await world.call('mallory', 'GET', at)).status).toBe(404);
    expect((await world.call('mallory', 'POST', `${at}/replay`, {})).status).toBe(404);
    expect((await world.call('vera', 'POST', `${at}/replay`, {})).status).toBe(403);
    expect((await world.call(null, 'GET', at)).status).toBe(401);
    expect((await world.call('mallory', 'GET', '/executions')).body.items).toEqual([]);
    expect((await world.call('mallory', 'GET', '/executions?project=acme/vision')).status).toBe(404);
  });

  test('a stream tells of changed executions, and only its own', async () => {
    const { stream } = await world.call('vera', 'GET', '/executions/stream?project=acme/vision');
    const messages = stream![Symbol.asyncIterator]();
    expect((await messages.next()).value).toBe('retry: 2000\n\n');
    const next = messages.next();
    const id = await fail('r5');
    const message = String((await next).value);
    expect(message).toMatch(/^id: \d+\nevent: execution\ndata: /);
    expect(JSON.parse(message.split('data: ')[1]!)).toMatchObject({ id, title: 'r5 failed' });
    await messages.return?.();
  });

  test('a stream of one status tells of an execution when it has that status', async () => {
    const { stream } = await world.call('vera', 'GET', '/executions/stream?status=skipped');
    const messages = stream![Symbol.asyncIterator]();
    await messages.next();
    const next = messages.next();
    await fail('r6'); // queued: not skipped
    const skipped = { ...failedRuns, name: 'Skips', action: { nothing: true }, cooldownSeconds: 3600 };
    const { body } = await world.call('jonas', 'POST', '/automations', skipped);
    await fail('r7');
    await fail('r8'); // in the new automation's cooldown
    const row = JSON.parse(String((await next).value).split('data: ')[1]!);
    expect(row).toMatchObject({ status: 'skipped', automation: { id: body.id }, title: 'r8 failed' });
    await messages.return?.();
    await world.call('jonas', 'DELETE', `/automations/${body.id}`);
  });

  test('who comes back is told what was missed meanwhile', async () => {
    const { stream } = await world.call('vera', 'GET', '/executions/stream?run=r5&project=acme/vision', undefined, {
      'last-event-id': String(world.platform.now() - 1),
    });
    const messages = stream![Symbol.asyncIterator]();
    await messages.next();
    expect(String((await messages.next()).value)).toContain('r5 failed');
    await messages.return?.();
  });

  test('who comes anew is told what changed since the page was read, if asked', async () => {
    const opened = async (search: string) => {
      const { stream } = await world.call('vera', 'GET', `/executions/stream?project=acme/vision${search}`);
      const messages = stream![Symbol.asyncIterator]();
      await messages.next();
      return messages;
    };
    const asking = await opened('&run=r5&within=5');
    expect(String((await asking.next()).value)).toContain('r5 failed');
    await asking.return?.();
    const silent = await opened('');
    const next = silent.next();
    const id = await fail('r20');
    expect(String((await next).value)).toContain(id); // not what was before
    await silent.return?.();
    expect((await world.call('vera', 'GET', '/executions/stream?within=0')).status).toBe(400);
  });

  test('a stream looks whether its reader is still signed in before it tells of anything', async () => {
    const { stream } = await world.call('vera', 'GET', '/executions/stream'); // whose key is none by then
    const messages = stream![Symbol.asyncIterator]();
    await messages.next();
    const next = messages.next();
    await setImmediate(); // it waits now
    world.advance(5000);
    await fail('r21');
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test('a stream ends before it tells anything of a team that its reader was taken out of', async () => {
    const { acme } = world.entities;
    const jonas = world.users.get('jonas')!;
    const actor = { kind: 'user', userId: jonas.id, username: 'jonas', instanceAdmin: false, sessionId: 'session' } as const;
    const ctx = { ...world.platform, actor, requestId: 'req_test', address: '203.0.113.7', directLoopback: false };
    const stream = await streamExecutions(ctx, {
      filters: {},
      withinSeconds: undefined,
      lastEventId: undefined,
      signal: new AbortController().signal,
      isStillSignedIn: async () => true,
    });
    const messages = stream[Symbol.asyncIterator]();
    await messages.next();
    const first = messages.next();
    const id = await fail('r23');
    expect(String((await first).value)).toContain(id);
    const next = messages.next();
    await setImmediate(); // it waits now
    await deleteMember(store.db, acme.id, jonas.id);
    world.advance(5000);
    const event = { type: 'run.state', run: { id: 'r24', state: 'failed' } };
    expect((await world.call('ana', 'POST', '/projects/acme/vision/events', event)).body.executions).toHaveLength(1);
    let last = await next; // perhaps a change of the first one that was on its way
    while (!last.done) {
      expect(String(last.value)).toContain(id);
      last = await messages.next();
    }
    expect((await world.call('jonas', 'GET', '/executions')).body.items).toEqual([]);
    await putMember(store.db, acme.id, jonas.id, 'member', world.platform.now());
  });

  test('a stream whose reader falls far behind ends, so that he begins anew; what happens elsewhere is none of his', async () => {
    const { acme, rival } = world.entities;
    const { stream } = await world.call('vera', 'GET', '/executions/stream');
    const messages = stream![Symbol.asyncIterator]();
    expect((await messages.next()).value).toBe('retry: 2000\n\n');
    const { feed } = world.platform.engine;
    const many = Array.from({ length: 6000 }, (_, index) => `exe_${index}`);
    feed.publish({ entityId: rival.id, ids: many });
    const next = messages.next();
    const id = await fail('r22');
    expect((await next).value).toContain(id);
    feed.publish({ entityId: acme.id, ids: many });
    let ended = false;
    while (!ended) ended = (await messages.next()).done === true;
  });

  test('a user holds 20 streams at most, whatever the key, and may open another when one has ended', async () => {
    const open = () => world.call('jonas', 'GET', '/executions/stream');
    const streams = await Promise.all(Array.from({ length: 20 }, async () => (await open()).stream![Symbol.asyncIterator]()));
    for (const messages of streams) await messages.next();
    expect(await open()).toMatchObject({
      status: 429,
      body: { error: { code: 'limited', message: expect.stringContaining('20 streams') } },
    });
    const others = (await world.call('vera', 'GET', '/executions/stream')).stream![Symbol.asyncIterator]();
    await others.next();
    await streams[0]!.return?.();
    const another = await open();
    expect(another.status).toBe(200);
    const messages = another.stream![Symbol.asyncIterator]();
    await messages.next();
    for (const each of [...streams, others, messages]) await each.return?.();
  });

  test('a test of a draft is a real exchange outside the history', async () => {
    const before = receiver.requests.length;
    const tested = await world.call('jonas', 'POST', '/automations/test', { automation: failedRuns });
    expect(tested).toMatchObject({ status: 200, body: { id: expect.stringMatching(/^tst_/), response: { status: 200 } } });
    expect(tested.text).not.toContain('s3cret-path');
    expect(receiver.requests).toHaveLength(before + 1);
    expect((await world.call('vera', 'POST', '/automations/test', { automation: failedRuns })).status).toBe(403);
    const nothing = await world.call('jonas', 'POST', '/automations/test', { automation: { ...failedRuns, action: { nothing: true } } });
    expect(nothing.status).toBe(400);
    for (let sent = 1; sent < 60; sent++) await world.call('jonas', 'POST', '/automations/test', { automation: failedRuns });
    expect((await world.call('jonas', 'POST', '/automations/test', { automation: failedRuns })).status).toBe(429);
  });

  test('what waits for a paused integration is tried at once on request: as its probe', async () => {
    const halfAnHour = world.platform.now() + 30 * 60_000;
    const pause = { paused_until: halfAnHour, probe_delay_ms: 30 * 60_000, first_failure_at: world.platform.now() };
    await store.db.updateTable('targets').set(pause).execute();
    const id = await fail('r-paused');
    const waiting = (await world.call('jonas', 'GET', `/executions/${id}`)).body;
    expect(waiting).toMatchObject({ status: 'pending', outcome: { title: 'Waiting: the integration is paused' } });
    expect(waiting.nextAttemptAt).toBe(new Date(halfAnHour).toISOString());
    expect((await world.call('jonas', 'POST', `/executions/${id}/send-now`)).status).toBe(202);
    await world.platform.engine.worker.idle();
    expect((await world.call('jonas', 'GET', `/executions/${id}`)).body).toMatchObject({ status: 'finished', attempts: [{ status: 200 }] });
    expect(await store.db.selectFrom('targets').select('paused_until').executeTakeFirst()).toEqual({ paused_until: null });
  });
});
