import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { egressTo } from '#lib/services/testing.ts';
import { openTestStore } from '#lib/store/testing.ts';
import { makeWorld } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';
import { secretRoutes } from './secrets.ts';
import { webhookRoutes } from './webhooks.ts';

let receiver: Receiver;
afterEach(() => receiver.close());

test('what was sent while the database could not be written is recorded as it ended, and not sent again', async () => {
  const store = await openTestStore();
  const writable = (isWritable: boolean) => sql.raw(`pragma query_only = ${isWritable ? 0 : 1}`).execute(store.db);
  receiver = await startReceiver((response) => void writable(false).then(() => response.end('answer')));
  const routes = [...automationRoutes, ...eventRoutes, ...executionRoutes, ...secretRoutes, ...webhookRoutes];
  const world = await makeWorld(store, routes, { egress: egressTo({ 'hook.example': ['127.0.0.1'] }) });
  const failed = (run: string) =>
    world.call('ana', 'POST', '/projects/acme/vision/events', { type: 'run.state', run: { id: run, state: 'failed' } });

  await world.call('ana', 'POST', '/teams/acme/secrets', { name: 'SIGNING', value: 'sig-first-3f9a1c5b' });
  const url = `http://hook.example:${receiver.port}/in`;
  await world.call('ana', 'POST', '/teams/acme/webhooks', { name: 'hook', url, signingSecret: 'SIGNING' });
  const draft = { name: 'Failed runs', scope: { project: 'acme/vision' }, on: 'run.state', action: { webhook: 'hook' } };
  await world.call('ana', 'POST', '/automations', { ...draft, filter: { states: ['failed'] } });

  const [id] = (await failed('r1')).body.executions;
  await expect.poll(() => receiver.requests.length).toBe(1);
  await expect.poll(async () => (await failed('r2')).status).toBe(503); // behind the result in the queue of commits
  await writable(true);
  await world.platform.engine.worker.idle();
  expect((await world.call('ana', 'GET', `/executions/${id}`)).body).toMatchObject({
    status: 'finished',
    attempts: [{ number: 1, status: 200, body: 'answer' }],
  });
  expect(receiver.requests).toHaveLength(1);
  await store.close();
});
