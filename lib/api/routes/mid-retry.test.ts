import { afterEach, beforeEach, expect, test } from 'vitest';
import { wandbSignature } from '#lib/delivery/sign.ts';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { egressTo } from '#lib/services/testing.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';
import { secretRoutes } from './secrets.ts';
import { webhookRoutes } from './webhooks.ts';

const SIGNING = 'sig-first-3f9a1c5b';

describeStores('while an execution waits for its next try', (makeStore) => {
  let world: World;
  let receiver: Receiver;
  let status: number;
  let automation: string;
  let hook: string;

  beforeEach(async () => {
    status = 503;
    receiver = await startReceiver((response) => {
      response.statusCode = status;
      response.end('answer');
    });
    const egress = egressTo({ 'hook.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });
    world = await makeWorld(
      await makeStore(),
      [...automationRoutes, ...eventRoutes, ...executionRoutes, ...secretRoutes, ...webhookRoutes],
      { egress },
    );
    await as('POST', '/teams/acme/secrets', { name: 'SIGNING', value: SIGNING }, 201);
    const url = `http://hook.example:${receiver.port}/first`;
    hook = (await as('POST', '/teams/acme/webhooks', { name: 'hook', url, signingSecret: 'SIGNING' }, 201)).id;
    const draft = {
      name: 'Failed runs',
      scope: { project: 'acme/vision' },
      on: 'run.state',
      filter: { states: ['failed'] },
      action: { webhook: 'hook', payload: { run: '${run_name}', at: '${timestamp}' } },
    };
    automation = (await as('POST', '/automations', draft, 201)).id;
  });
  afterEach(() => receiver.close());

  async function as(method: string, path: string, body: unknown, expected = 200) {
    const answer = await world.call('ana', method, path, body);
    expect([method, path, answer.status, answer.text]).toEqual([method, path, expected, answer.text]);
    return answer.body;
  }

  /** A run fails and the first try with it. */
  async function failFirst(): Promise<string> {
    const { executions } = await as('POST', '/projects/acme/vision/events', { type: 'run.state', run: { id: 'r1', state: 'failed' } }, 202);
    await world.platform.engine.worker.idle();
    expect(receiver.requests).toHaveLength(1);
    status = 200;
    return executions[0];
  }

  async function nextTry(id: string) {
    world.advance(10_000);
    await world.platform.engine.worker.sweep();
    await world.platform.engine.worker.idle();
    return (await world.call('ana', 'GET', `/executions/${id}`)).body;
  }

  test('its webhook moves: the next try goes to the new address with the same body and id', async () => {
    const id = await failFirst();
    await as('PATCH', `/teams/acme/webhooks/${hook}`, {
      url: `http://other.example:${receiver.port}/second`,
      confirmHost: 'other.example',
    });
    expect(await nextTry(id)).toMatchObject({ status: 'finished' });
    const [first, second] = receiver.requests;
    expect([first!.path, second!.path]).toEqual(['/first', '/second']);
    expect(second!.body).toEqual(first!.body);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  });

  test('its secret is replaced: the next try is signed with the new value', async () => {
    const id = await failFirst();
    await as('PUT', '/teams/acme/secrets/SIGNING', { value: 'sig-second-8c1d4e7f' });
    expect(await nextTry(id)).toMatchObject({ status: 'finished' });
    const signatures = receiver.requests.map(({ headers }) => headers['x-wandb-signature']);
    const body = receiver.requests[1]!.body;
    expect(signatures).toEqual([wandbSignature(SIGNING, body, 'base64'), wandbSignature('sig-second-8c1d4e7f', body, 'base64')]);
  });

  test('its secret is deleted: it fails with the secret’s name, and nothing is sent', async () => {
    const id = await failFirst();
    expect((await world.call('ana', 'DELETE', '/teams/acme/secrets/SIGNING?force=true')).status).toBe(204);
    expect(await nextTry(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('SIGNING') });
    expect(receiver.requests).toHaveLength(1);
  });

  test('its automation is edited: the next try says and waits what it said and waited at first', async () => {
    const id = await failFirst();
    status = 503;
    await as('PATCH', `/automations/${automation}`, {
      enabled: false,
      action: { webhook: 'hook', payload: { other: true } },
      retry: { delaysSeconds: [0] },
    });
    expect(await nextTry(id)).toMatchObject({ status: 'pending' });
    expect(receiver.requests[1]!.body).toEqual(receiver.requests[0]!.body);
  });

  test('its automation is deleted: it goes on, and the history keeps the name', async () => {
    const id = await failFirst();
    expect((await world.call('ana', 'DELETE', `/automations/${automation}`)).status).toBe(204);
    expect(await nextTry(id)).toMatchObject({ status: 'finished', automation: { name: 'Failed runs', deleted: true } });
  });

  test('its webhook is disabled: it fails and says so; enabled again, a replay sends it', async () => {
    const id = await failFirst();
    await as('PATCH', `/teams/acme/webhooks/${hook}`, { enabled: false });
    expect(await nextTry(id)).toMatchObject({ status: 'failed', reason: 'The integration is disabled.' });
    await as('PATCH', `/teams/acme/webhooks/${hook}`, { enabled: true });
    expect(await nextTry(id)).toMatchObject({ status: 'failed' });
    await as('POST', `/executions/${id}/replay`, {}, 202);
    expect(await nextTry(id)).toMatchObject({ status: 'finished' });
    expect(receiver.requests).toHaveLength(2);
  });

  test('its webhook is deleted: it fails and says so', async () => {
    const id = await failFirst();
    expect((await world.call('ana', 'DELETE', `/teams/acme/webhooks/${hook}?force=true`)).status).toBe(204);
    expect(await nextTry(id)).toMatchObject({ status: 'failed', reason: 'The integration was deleted.' });
    expect(receiver.requests).toHaveLength(1);
  });

  test('its webhook has a new limit, token and encoding: the next try heeds them', async () => {
    const id = await failFirst();
    await as('POST', '/teams/acme/secrets', { name: 'TOKEN', value: 'tok-4c7d9e2a' }, 201);
    await as('PATCH', `/teams/acme/webhooks/${hook}`, {
      accessTokenSecret: 'TOKEN',
      signatureEncoding: 'hex',
      maxPerMinute: 1,
      confirmHost: 'hook.example',
    });
    expect(await nextTry(id)).toMatchObject({ status: 'finished' });
    const { headers, body } = receiver.requests[1]!;
    expect(headers.authorization).toBe('Bearer tok-4c7d9e2a');
    expect(headers['x-wandb-signature']).toBe(wandbSignature(SIGNING, body, 'hex'));
  });
});
