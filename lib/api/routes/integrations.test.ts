import { afterEach, beforeEach, expect, test } from 'vitest';
import { MASK } from '#lib/delivery/mask.ts';
import { standardSignatures, wandbSignature } from '#lib/delivery/sign.ts';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { egressTo, type HandSetClock, handSetClock, testPlatform } from '#lib/services/testing.ts';
import type { Db } from '#lib/store/connect.ts';
import { describeStores } from '#lib/store/testing.ts';
import { type Call, testApi } from '../testing.ts';

const TOKEN = 'tok-3f9a1c5b7d2e';
const SIGNING = 'sig-8c1d4e7f0a3b';

describeStores('secrets, webhooks and Slack channels over REST', (makeStore) => {
  let clock: HandSetClock;
  let db: Db;
  let call: Call;
  let receiver: Receiver;
  let url: string;
  /** By role in team acme. */
  let admin: Call;
  let member: Call;
  let viewer: Call;
  const said: string[] = [];

  beforeEach(async () => {
    clock = handSetClock();
    receiver = await startReceiver();
    const store = await makeStore();
    db = store.db;
    const names = {
      'hooks.example': ['127.0.0.1'],
      'other.example': ['127.0.0.1'],
      'slack.example': ['127.0.0.1'],
      'inner.example': ['169.254.169.254'],
    };
    const egress = egressTo(names, clock.now);
    const platform = testPlatform(store, clock, { egress });
    const api = testApi(platform);
    // Whatever is answered to anybody is kept, to look for secrets in it at the end.
    call = async (...request) => {
      const answer = await api(...request);
      said.push(JSON.stringify([answer.body, answer.headers]));
      return answer;
    };
    url = `http://hooks.example:${receiver.port}/in/s3cr3t-path`;
    const setup = { organization: 'Acme', username: 'root', password: 'correct horse battery', team: 'acme' };
    const { cookie } = await call('POST', '/setup', setup, { directLoopback: true });
    const as =
      (caller: { key?: string; cookie?: string }): Call =>
      (method, path, body) =>
        call(method, path, body, caller);
    admin = as({ cookie: cookie! });
    const join = async (username: string, letter: string, role: string) => {
      await admin('POST', '/users', { username, apiKey: letter.repeat(40) });
      await admin('POST', '/teams/acme/members', { username, role });
      return as({ key: letter.repeat(40) });
    };
    member = await join('mia', 'b', 'member');
    viewer = await join('vic', 'c', 'viewer');
    said.length = 0;
    await admin('POST', '/teams/acme/secrets', { name: 'TOKEN', value: TOKEN });
    await admin('POST', '/teams/acme/secrets', { name: 'SIGNING', value: SIGNING });
  });
  afterEach(() => receiver.close());

  const createHook = (fields: object = {}) =>
    admin('POST', '/teams/acme/webhooks', { name: 'deploy', url, accessTokenSecret: 'TOKEN', signingSecret: 'SIGNING', ...fields });

  test('a secret goes in and never comes out, not even in the database as it was typed', async () => {
    const list = await member('GET', '/teams/acme/secrets');
    expect(list.body.items).toMatchObject([{ name: 'SIGNING', usedBy: [], createdBy: 'root' }, { name: 'TOKEN' }]);
    expect((await admin('POST', '/teams/acme/secrets', { name: 'TOKEN', value: 'x' })).status).toBe(409);
    await createHook();
    await admin('POST', '/teams/acme/webhooks/whk_1/test', { payload: { token: '${TOKEN}' } });
    await admin('PUT', '/teams/acme/secrets/TOKEN', { value: `${TOKEN}-2`, overlapSeconds: 60 });
    await admin('GET', '/teams/acme/audit');

    const rows = await Promise.all(
      (['secrets', 'targets', 'audit', 'data_keys'] as const).map((table) => db.selectFrom(table).selectAll().execute()),
    );
    for (const text of [...said, JSON.stringify(rows)]) {
      for (const value of [TOKEN, SIGNING, Buffer.from(TOKEN).toString('base64')]) expect(text).not.toContain(value);
    }
    expect(JSON.stringify(rows)).not.toContain('s3cr3t-path');
  });

  test('a variable’s name is no name for a secret', async () => {
    for (const name of ['ACCESS_TOKEN', 'run_name']) {
      expect((await admin('POST', '/teams/acme/secrets', { name, value: 'x' })).body.error.issues[0].path).toEqual(['name']);
    }
  });

  test('a webhook is shown in full to admins, to others as scheme and host', async () => {
    const made = await createHook();
    expect(made).toMatchObject({ status: 201, body: { id: 'whk_1', url, urlMasked: false, signatureEncoding: 'base64', enabled: true } });
    const seen = await member('GET', '/teams/acme/webhooks/whk_1');
    expect(seen.body).toMatchObject({ url: `http://hooks.example:${receiver.port}/…`, urlMasked: true });
    expect((await viewer('GET', '/teams/acme/webhooks')).status).toBe(403);
    expect((await createHook()).status).toBe(409);
  });

  test('where it may go is judged when it is saved; a name that does not resolve is kept with a warning', async () => {
    const refused = async (bad: string) => (await createHook({ name: 'bad', url: bad })).body.error.issues[0].path;
    for (const bad of ['http://127.0.0.1/', 'http://localhost/', 'ftp://hooks.example/', 'http://u:p@hooks.example/', 'nonsense']) {
      expect(await refused(bad), bad).toEqual(['url']);
    }
    const unknown = await createHook({ url: 'https://nowhere.example/x' });
    expect(unknown.status).toBe(201);
    expect(unknown.body.warnings).toHaveLength(1);
  });

  test('fields that are absent, or sent back as they were shown, stay', async () => {
    await createHook();
    const before = (await admin('GET', '/teams/acme/webhooks/whk_1')).body;
    const renamed = await admin('PATCH', '/teams/acme/webhooks/whk_1', {
      name: 'deploy 2',
      url: `http://hooks.example:${receiver.port}/…`,
    });
    expect(renamed.body).toEqual({ ...before, name: 'deploy 2' });
    expect((await admin('PATCH', '/teams/acme/webhooks/whk_1', { signingSecret: null })).body.signingSecret).toBe(null);
    expect((await admin('PATCH', '/teams/acme/webhooks/whk_1', { nonsense: 1 })).status).toBe(400);
  });

  test('a secret that goes to a new host asks for its name, and the approval is audited', async () => {
    await createHook();
    const elsewhere = { name: 'other', url: `http://other.example:${receiver.port}/` };
    const asked = await createHook(elsewhere);
    expect(asked.status).toBe(400);
    expect(asked.body.error.issues[0].path).toEqual(['confirmHost']);
    expect((await createHook({ ...elsewhere, confirmHost: 'other.example' })).status).toBe(201);
    const audit = await admin('GET', '/teams/acme/audit?what=secret.host_approved');
    expect(audit.body.items.map((entry: { after: { host: string } }) => entry.after.host)).toContain('other.example');
  });

  test('a test goes out signed, with the token, and answers both sides masked; drafts too', async () => {
    await createHook();
    const tested = await admin('POST', '/teams/acme/webhooks/whk_1/test', { payload: { key: '${alias}' } });
    expect(tested.body).toMatchObject({ request: { body: '{"key":"production"}' }, response: { status: 200 } });
    const [got] = receiver.requests;
    expect(got!.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(got!.headers['x-wandb-signature']).toBeTruthy();
    expect(got!.headers['webhook-id']).toBe(tested.body.id);

    const draft = await admin('POST', '/teams/acme/webhooks/test', { webhook: { name: 'draft', url }, payload: { a: 1 } });
    expect(draft.body.response.status).toBe(200);
    expect(receiver.requests[1]!.headers.authorization).toBe(undefined);
    expect((await member('POST', '/teams/acme/webhooks/whk_1/test', {})).status).toBe(403);
    expect((await admin('GET', '/teams/acme/audit?what=webhook.tested')).body.items).toHaveLength(2);
  });

  test('a token that is made anew after it was deleted is one line, as one that is replaced', async () => {
    await createHook();
    await admin('DELETE', '/teams/acme/secrets/TOKEN?force=true');
    const two = { value: 'two\r\nX-Lines: of a token' };
    expect(await admin('POST', '/teams/acme/secrets', { name: 'TOKEN', ...two })).toMatchObject({
      status: 400,
      body: { error: { issues: [{ path: ['value'] }] } },
    });
    expect((await admin('POST', '/teams/acme/secrets', { name: 'TOKEN', value: TOKEN })).status).toBe(201);
    expect((await admin('PUT', '/teams/acme/secrets/TOKEN', two)).status).toBe(400);
  });

  test('an answer shows no secret of the team, also none that this delivery did not use, nor one that was replaced', async () => {
    await admin('POST', '/teams/acme/secrets', { name: 'OTHER', value: 'another-webhook’s "token"' });
    const echo = await startReceiver((response) => response.end(JSON.stringify({ token: TOKEN, other: 'another-webhook’s "token"' })));
    const draft = { webhook: { name: 'draft', url: `http://hooks.example:${echo.port}/` }, payload: { log: `export TOKEN=${TOKEN}` } };
    const answers = async () => {
      const { body } = await admin('POST', '/teams/acme/webhooks/test', draft);
      return [JSON.parse(body.request.body), JSON.parse(body.response.body)];
    };
    const masked = [{ log: `export TOKEN=${MASK}` }, { token: MASK, other: MASK }];
    expect(await answers()).toEqual(masked);
    await admin('PUT', '/teams/acme/secrets/TOKEN', { value: 'tok-replaced-at-once' });
    await admin('DELETE', '/teams/acme/secrets/OTHER');
    clock.advance(6 * 24 * 3_600_000); // executions that were sent with them are tried as long
    expect(await answers()).toEqual(masked);
    echo.close();
  });

  test('a secret that can no longer be opened stops no delivery that has no use for it', async () => {
    await admin('POST', '/teams/acme/secrets', { name: 'OTHER', value: 'of-another-webhook' });
    await db.updateTable('secrets').set({ value: 'damaged' }).where('name', '=', 'OTHER').execute();
    const draft = { webhook: { name: 'draft', url: `http://hooks.example:${receiver.port}/` }, payload: {} };
    expect(await admin('POST', '/teams/acme/webhooks/test', draft)).toMatchObject({ status: 200, body: { response: { status: 200 } } });
  });

  test('a test is no way to read what is inside: it takes the right, follows no redirect, reaches public addresses, shows 64 KiB', async () => {
    const inner = await startReceiver((response, { path }) => {
      if (path === '/moved') response.writeHead(302, { location: '/secrets' }).end();
      else response.end('x'.repeat(200 * 1024));
    });
    const at = (path: string, host = 'hooks.example') => ({ webhook: { name: 'draft', url: `http://${host}:${inner.port}${path}` } });
    const draft = '/teams/acme/webhooks/test';
    expect((await call('POST', draft, at('/'))).status).toBe(401);
    for (const other of [viewer, member]) expect((await other('POST', draft, at('/'))).status).toBe(403);
    expect(await admin('POST', draft, at('/', 'inner.example'))).toMatchObject({ status: 400, body: { error: { code: 'invalid' } } });
    expect(inner.requests).toEqual([]);

    expect((await admin('POST', draft, at('/moved'))).body.response.status).toBe(302);
    expect(inner.requests.map(({ path }) => path)).toEqual(['/moved']);
    const { body } = await admin('POST', draft, at('/'));
    expect(body.response).toMatchObject({ cut: true, body: 'x'.repeat(64 * 1024) });
    inner.close();
  });

  test('sixty tests a minute, then the user waits', async () => {
    await createHook();
    await db
      .insertInto('rate_counts')
      .values({ subject: 'test:1', window_ends_at: clock.now() + 30_000, used: 60 })
      .execute();
    const refused = await admin('POST', '/teams/acme/webhooks/whk_1/test', { payload: {} });
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    clock.advance(30_000);
    expect((await admin('POST', '/teams/acme/webhooks/whk_1/test', { payload: {} })).status).toBe(200);
  });

  test('with an overlap two values sign until it ends or is switched; the token counts at once', async () => {
    await createHook();
    await admin('PUT', '/teams/acme/secrets/SIGNING', { value: 'sig-new-value', overlapSeconds: 60 });
    await admin('PUT', '/teams/acme/secrets/TOKEN', { value: 'tok-new-value', overlapSeconds: 60 });
    /** Of these values those that made a signature of a delivery: in webhook-signature, and X-Wandb-Signature. */
    const signers = async (...values: string[]) => {
      await admin('POST', '/teams/acme/webhooks/whk_1/test', { payload: {} });
      const { headers, body } = receiver.requests.at(-1)!;
      const list = String(headers['webhook-signature']).split(' ');
      const [id, at] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
      return {
        standard: list.map((signature) => values.find((value) => standardSignatures([value], id, at, body) === signature)),
        wandb: values.find((value) => wandbSignature(value, body, 'base64') === headers['x-wandb-signature']),
      };
    };
    expect(await signers(SIGNING, 'sig-new-value')).toEqual({ standard: ['sig-new-value', SIGNING], wandb: SIGNING });
    expect(receiver.requests.at(-1)!.headers.authorization).toBe('Bearer tok-new-value');

    // A second value in the same hour, such as for a mistyped one: what receivers know goes on.
    await admin('PUT', '/teams/acme/secrets/SIGNING', { value: 'sig-newest-value', overlapSeconds: 60 });
    expect(await signers(SIGNING, 'sig-new-value', 'sig-newest-value')).toEqual({
      standard: ['sig-newest-value', SIGNING],
      wandb: SIGNING,
    });
    expect((await admin('POST', '/teams/acme/secrets/SIGNING/switch', {})).body.overlapEndsAt).toBe(null);
    expect(await signers('sig-newest-value')).toEqual({ standard: ['sig-newest-value'], wandb: 'sig-newest-value' });

    await admin('PUT', '/teams/acme/secrets/SIGNING', { value: 'sig-last-value', overlapSeconds: 60 });
    clock.advance(60_000);
    expect(await signers('sig-newest-value', 'sig-last-value')).toEqual({ standard: ['sig-last-value'], wandb: 'sig-last-value' });
    expect((await admin('GET', '/teams/acme/secrets')).body.items[0]).toMatchObject({ name: 'SIGNING', overlapEndsAt: null });
  });

  test('an access token must fit into a header', async () => {
    await admin('POST', '/teams/acme/secrets', { name: 'LINES', value: 'one\ntwo' });
    expect((await createHook({ accessTokenSecret: 'LINES' })).body.error.issues[0].path).toEqual(['accessTokenSecret']);
    expect((await createHook({ accessTokenSecret: 'MISSING' })).body.error.issues[0].message).toContain('no secret "MISSING"');
    await createHook();
    expect((await admin('PUT', '/teams/acme/secrets/TOKEN', { value: 'one\ntwo' })).status).toBe(400);
  });

  test('a secret in use is deleted only by force, and the list says what uses it', async () => {
    await createHook();
    const refused = await admin('DELETE', '/teams/acme/secrets/TOKEN');
    expect(refused.status).toBe(409);
    expect(refused.body.error.issues[0].message).toBe('webhook deploy');
    expect((await admin('DELETE', '/teams/acme/secrets/TOKEN?force=true')).status).toBe(204);
    expect((await admin('DELETE', '/teams/acme/webhooks/whk_1')).status).toBe(204);
    expect((await admin('GET', '/teams/acme/webhooks/whk_1')).status).toBe(404);
  });

  test('a Slack channel takes a webhook’s URL or a bot, and never tells the URL', async () => {
    const slackUrl = `http://slack.example:${receiver.port}/services/T0/B0/xoxp-hidden`;
    const made = await admin('POST', '/teams/acme/slack-channels', { name: 'alerts', webhookUrl: slackUrl });
    expect(made).toMatchObject({ status: 201, body: { id: 'slk_1', kind: 'incoming_webhook', channel: null } });
    expect((await admin('POST', '/teams/acme/slack-channels', { name: 'bad', webhookUrl: slackUrl, channel: '#x' })).status).toBe(400);
    const tested = await admin('POST', '/teams/acme/slack-channels/slk_1/test', {});
    expect(receiver.requests).toHaveLength(1);
    expect(tested.body.request.url).toBe(`http://slack.example:${receiver.port}/…`);

    const bot = { botTokenSecret: 'TOKEN', channel: '#ops' };
    expect((await admin('PATCH', '/teams/acme/slack-channels/slk_1', bot)).body).toMatchObject({ kind: 'bot', channel: '#ops' });
    for (const text of said) expect(text).not.toContain('xoxp-hidden');
  });

  test('notices go to another integration of the same team', async () => {
    await createHook();
    const { body: channel } = await admin('POST', '/teams/acme/slack-channels', {
      name: 'alerts',
      webhookUrl: 'http://slack.example/services/x',
    });
    expect((await admin('PATCH', '/teams/acme/webhooks/whk_1', { noticesTo: channel.id })).body.noticesTo).toBe(channel.id);
    expect((await admin('PATCH', '/teams/acme/webhooks/whk_1', { noticesTo: 'whk_1' })).status).toBe(400);
  });

  test('the audit log can be filtered, paged and exported, and formulas are no formulas', async () => {
    await createHook({ name: 'deploy' });
    const first = await admin('GET', '/teams/acme/audit?limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await admin('GET', `/teams/acme/audit?limit=1&after=${first.body.next}`);
    expect(second.body.items[0].id < first.body.items[0].id).toBe(true);
    expect((await admin('GET', '/teams/acme/audit?what=webhook')).body.items).toMatchObject([{ what: 'webhook.created', actor: 'root' }]);
    const file = await admin('GET', '/teams/acme/audit.csv');
    expect(file.body.split('\r\n')[0]).toBe('at,actor,what,target,before,after,address');
    expect(file.body).toContain('webhook.created');
    expect((await member('GET', '/teams/acme/audit')).status).toBe(403);
  });

  test('instance admins see what is allowed and how keys are wrapped; others do not', async () => {
    const { body } = await admin('GET', '/instance');
    expect(body.keys).toEqual({ current: 1, old: 0 });
    expect(body.egress.allow).toContain('hooks.example');
    expect((await member('GET', '/instance')).status).toBe(403);
    expect((await admin('POST', '/instance/rotate-keys', {})).body).toEqual({ rewrapped: 0, left: 0 });
  });
});
