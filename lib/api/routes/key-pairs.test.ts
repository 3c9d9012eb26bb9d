import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { egressTo } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { deleteEnded } from '#lib/store/housekeeping.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { secretRoutes } from './secrets.ts';
import { webhookRoutes } from './webhooks.ts';

const DAY = 86_400_000;

/** As a receiver would, from nothing but the public key: RFC 8032 by node:crypto, none of our code. */
function verifies(publicKey: string, signature: string, signed: string): boolean {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(signed), key, Buffer.from(signature.replace(/^v1a,/, ''), 'base64'));
}

describeStores('Ed25519 keys of webhooks', (makeStore) => {
  let store: Store;
  let world: World;
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
    store = await makeStore();
    world = await makeWorld(store, [...automationRoutes, ...eventRoutes, ...secretRoutes, ...webhookRoutes], {
      egress: egressTo({ 'hook.example': ['127.0.0.1'] }),
    });
    await admin('POST', '/teams/acme/secrets', { name: 'SIGNING', value: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' });
  });
  afterEach(async () => {
    await world.platform.engine.stop();
    await receiver.close();
  });

  const admin = async (method: string, path: string, body?: unknown) => (await world.call('ana', method, path, body)).body;
  const url = () => `http://hook.example:${receiver.port}/`;

  async function makeHook(fields: object = {}) {
    const hook = await admin('POST', '/teams/acme/webhooks', { name: 'deploy-hook', url: url(), asymmetricSignature: true, ...fields });
    const scope = { project: 'acme/vision' };
    const action = { webhook: 'deploy-hook' };
    await admin('POST', '/automations', { name: 'Failed', scope, on: 'run.state', filter: { states: ['failed'] }, action });
    return hook;
  }

  let runs = 0;
  /** The signatures of a real delivery, and the bytes that they are of. */
  async function deliver(): Promise<{ list: string[]; signed: string; wandb: string | undefined }> {
    await world.call('ana', 'POST', '/projects/acme/vision/events', { type: 'run.state', run: { id: `r${++runs}`, state: 'failed' } });
    await world.platform.engine.worker.idle();
    const { headers, body } = receiver.requests.at(-1)!;
    return {
      list: String(headers['webhook-signature'] ?? '').split(' '),
      signed: `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`,
      wandb: headers['x-wandb-signature'] as string | undefined,
    };
  }

  test('are made by Hookline: a delivery verifies with the public part, listed after the secret’s signature', async () => {
    const hook = await makeHook({ signingSecret: 'SIGNING' });
    expect(hook).toMatchObject({
      asymmetricSignature: true,
      publicKeys: [{ publicKey: expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/) }],
    });
    const { list, signed, wandb } = await deliver();
    expect(list.map((signature) => signature.split(',')[0])).toEqual(['v1', 'v1a']);
    expect(verifies(hook.publicKeys[0].publicKey, list[1]!, signed)).toBe(true);
    expect(verifies(hook.publicKeys[0].publicKey, list[1]!, `${signed} `)).toBe(false);
    expect(wandb).toBeDefined();
  });

  test('sign without any secret too, and then there is no X-Wandb-Signature', async () => {
    const hook = await makeHook();
    const { list, signed, wandb } = await deliver();
    expect(list).toHaveLength(1);
    expect(verifies(hook.publicKeys[0].publicKey, list[0]!, signed)).toBe(true);
    expect(wandb).toBeUndefined();
  });

  test('never show their private part, not even in the database', async () => {
    await makeHook();
    await admin('POST', '/teams/acme/webhooks/whk_1/replace-key', {});
    const rows = JSON.stringify([
      await store.db.selectFrom('targets').selectAll().execute(),
      await store.db.selectFrom('audit').selectAll().execute(),
    ]);
    expect(rows).toContain('whpk_');
    expect(rows).not.toContain('whsk_');
    for (const who of ['ana', 'jonas']) expect((await world.call(who, 'GET', '/teams/acme/webhooks/whk_1')).text).not.toContain('whsk_');
  });

  test('overlap while one is replaced: both sign until the time is over or somebody switches', async () => {
    const first = (await makeHook()).publicKeys[0].publicKey;
    const replaced = await admin('POST', '/teams/acme/webhooks/whk_1/replace-key', { overlapSeconds: 3600 });
    const second = replaced.publicKeys[0].publicKey;
    expect(replaced.publicKeys).toMatchObject([
      { publicKey: second },
      { publicKey: first, endsAt: new Date(world.platform.now() + 3_600_000).toISOString() },
    ]);
    const both = await deliver();
    expect(both.list).toHaveLength(2);
    expect(both.list.map((signature, index) => verifies([second, first][index]!, signature, both.signed))).toEqual([true, true]);

    // Replaced again meanwhile: what receivers know goes on signing.
    const third = (await admin('POST', '/teams/acme/webhooks/whk_1/replace-key', { overlapSeconds: 3600 })).publicKeys;
    expect(third[1].publicKey).toBe(first);
    expect((await admin('POST', '/teams/acme/webhooks/whk_1/switch-key')).publicKeys).toMatchObject([{ publicKey: third[0].publicKey }]);
    const one = await deliver();
    expect(one.list).toHaveLength(1);

    await admin('POST', '/teams/acme/webhooks/whk_1/replace-key', {});
    world.advance(DAY);
    expect((await deliver()).list).toHaveLength(1);
    await deleteEnded(store.db, world.platform.now());
    expect(await store.db.selectFrom('targets').select('old_signing_key').execute()).toEqual([{ old_signing_key: null }]);
  });

  test('go with the option, and are the business of admins', async () => {
    await makeHook();
    expect((await world.call('jonas', 'POST', '/teams/acme/webhooks/whk_1/replace-key', {})).status).toBe(403);
    expect((await world.call('mallory', 'POST', '/teams/acme/webhooks/whk_1/replace-key', {})).status).toBe(404);
    const kept = await admin('PATCH', '/teams/acme/webhooks/whk_1', { name: 'renamed', asymmetricSignature: true });
    const off = await admin('PATCH', '/teams/acme/webhooks/whk_1', { asymmetricSignature: false });
    expect([kept.publicKeys.length, off.publicKeys]).toEqual([1, []]);
    expect((await world.call('ana', 'POST', '/teams/acme/webhooks/whk_1/replace-key', {})).status).toBe(409);
    expect((await deliver()).list).toEqual(['']);
  });
});
