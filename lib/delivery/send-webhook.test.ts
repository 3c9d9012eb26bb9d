import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { createFinder } from '../../scripts/test/find-secrets.ts';
import { MASK } from './mask.ts';
import { parseRetryAfter } from './outcome.ts';
import { sendWebhook } from './send-webhook.ts';
import { exchangeToLoopback } from './testing/exchange-to.ts';
import { startReceiver } from './testing/receiver.ts';
import { previewWebhookRequest, type WebhookDelivery } from './webhook-request.ts';

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

const AT = { nowMs: 1_700_000_000_900, userAgent: 'Hookline/1.0.0' };
const SIGNING = { wandb: 'the-old-secret', live: ['the-old-secret', 'the-new-secret'], encoding: 'hex' as const };

const deliveryTo = (port: number, rest: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  executionId: 'exe_01kajd4p0t8s',
  url: `http://hook.example:${port}/in`,
  body: '{ "name": "Ünïcode" }',
  accessToken: null,
  signing: null,
  payloadSecrets: [],
  personal: false,
  ...rest,
});

async function sendTo(answer: Parameters<typeof startReceiver>[0], rest: Partial<WebhookDelivery> = {}) {
  const receiver = keep(await startReceiver(answer));
  return { receiver, outcome: await sendWebhook(keep(exchangeToLoopback()), deliveryTo(receiver.port, rest), AT) };
}
const answering = (status: number, headers: Record<string, string> = {}) =>
  sendTo((response) => response.writeHead(status, headers).end('{}'));

describe('the request of a webhook', () => {
  test('is the rendered body, byte for byte, with the documented headers', async () => {
    const { receiver, outcome } = await sendTo(undefined, { accessToken: 'a-long-access-token', signing: SIGNING });
    const [request] = receiver.requests;
    expect(request?.method).toBe('POST');
    expect(request?.body.toString()).toBe('{ "name": "Ünïcode" }');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer a-long-access-token',
      'x-wandb-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
      'webhook-id': 'exe_01kajd4p0t8s',
      'webhook-timestamp': '1700000000',
      'webhook-signature': expect.stringMatching(/^v1,\S{44} v1,\S{44}$/),
      'user-agent': 'Hookline/1.0.0',
    });
    expect(outcome).toMatchObject({ kind: 'delivered', response: { status: 200 }, address: '127.0.0.1' });
  });

  test('verifies with the public library under either live secret', async () => {
    const nowMs = Date.now();
    const receiver = keep(await startReceiver());
    await sendWebhook(keep(exchangeToLoopback()), deliveryTo(receiver.port, { signing: SIGNING }), { ...AT, nowMs });
    const { body, headers } = receiver.requests[0]!;
    for (const secret of SIGNING.live) new Webhook(secret, { format: 'raw' }).verify(body, headers as Record<string, string>);
    expect(() => new Webhook('another', { format: 'raw' }).verify(body, headers as Record<string, string>)).toThrow();
  });

  test('never carries the signing secret itself, in no spelling', async () => {
    const live = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'a-secret-of-some-length'];
    const { receiver } = await sendTo(undefined, { signing: { ...SIGNING, wandb: live[0]!, live } });
    const [{ headers, body }] = receiver.requests as [(typeof receiver.requests)[0]];
    expect(createFinder(live)(`${JSON.stringify(headers)}\n${body}`)).toEqual([]);
  });

  test('has no signature and no authorization where the webhook has no secrets', async () => {
    const { receiver } = await sendTo(undefined);
    expect(Object.keys(receiver.requests[0]!.headers).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'webhook-id',
      'webhook-timestamp',
    ]);
  });

  test('is kept without any secret, also where the receiver echoes them', async () => {
    const secrets = { accessToken: 'a-long-access-token', signing: SIGNING, payloadSecrets: ['payload-secret'] };
    const { outcome } = await sendTo(
      (response, { headers, body }) => {
        response
          .writeHead(500, { 'X-Echo': String(headers.authorization) })
          .end(`${body} ${headers.authorization} ${Buffer.from('the-new-secret').toString('base64')}`);
      },
      { ...secrets, body: '{"key":"payload-secret","pin":"1234"}', shownBody: `{"key":"${MASK}","pin":"${MASK}"}` },
    );
    const kept = JSON.stringify(outcome);
    for (const secret of [
      'a-long-access-token',
      'the-old-secret',
      'the-new-secret',
      'payload-secret',
      Buffer.from('the-new-secret').toString('base64'),
    ])
      expect(kept).not.toContain(secret);
    expect(outcome.request.body).toBe(`{"key":"${MASK}","pin":"${MASK}"}`);
    expect(outcome.request.headers).toContainEqual(['Authorization', `Bearer ${MASK}`]);
  });

  test.each(['', 'two\nlines', 'tab\there', 'ümlaut', ' spaces around '])(
    'with the access token "%s" is refused before anything is sent',
    async (accessToken) => {
      const { receiver, outcome } = await sendTo(undefined, { accessToken });
      expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'invalid_header' } });
      expect(receiver.connections()).toBe(0);
    },
  );

  test('whose body is not JSON is refused before anything is sent', async () => {
    const { receiver, outcome } = await sendTo(undefined, { body: '{"a": }' });
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'body_not_json' }, request: { body: '{"a": }' } });
    expect(receiver.connections()).toBe(0);
  });

  test('whose body is too large is refused before anything is sent', async () => {
    const { receiver, outcome } = await sendTo(undefined, { body: '["…', tooLarge: true });
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'body_too_large', message: expect.stringContaining('256 KiB') } });
    expect(receiver.connections()).toBe(0);
  });

  test('is kept in a form that every store can hold, even where it is refused', async () => {
    const { outcome } = await sendTo(undefined, { body: 'a\0b\ud800' });
    expect(outcome.request.body).toBe('a\uFFFDb\uFFFD');
  });

  test('is previewed without reading a secret', () => {
    const preview = previewWebhookRequest(
      { url: 'https://hook.example', body: '{}', hasAccessToken: true, hasSecret: true, hasKey: false, executionId: 'exe_sample' },
      'Hookline/1',
    );
    expect(preview.headers).toEqual([
      ['Content-Type', 'application/json'],
      ['Authorization', `Bearer ${MASK}`],
      ['X-Wandb-Signature', 'made when sent'],
      ['webhook-id', 'exe_sample'],
      ['webhook-timestamp', 'made when sent'],
      ['webhook-signature', 'made when sent'],
      ['User-Agent', 'Hookline/1'],
    ]);
  });
});

describe('the answer', () => {
  test.each([200, 201, 202, 204, 299])('%i is a success', async (status) => {
    expect((await answering(status)).outcome).toMatchObject({ kind: 'delivered', response: { status } });
  });

  test.each([300, 302, 304, 307, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503, 599])(
    '%i is tried again, with a sentence',
    async (status) => {
      const { outcome } = await answering(status);
      expect(outcome).toMatchObject({
        kind: 'try_again',
        response: { status },
        error: { message: expect.stringContaining(`hook.example answered ${status}`) },
      });
    },
  );

  test('410 is given up and disables the webhook', async () => {
    expect((await answering(410)).outcome).toMatchObject({ kind: 'rejected', disablesTarget: true, error: { code: 'http_status' } });
  });

  test('may ask for a longer wait, in seconds or by a date', async () => {
    expect((await answering(503, { 'Retry-After': '120' })).outcome.retryAfterSeconds).toBe(120);
    expect((await answering(429, { 'Retry-After': new Date(AT.nowMs + 60_000).toUTCString() })).outcome.retryAfterSeconds).toBe(60);
    expect((await answering(503)).outcome).not.toHaveProperty('retryAfterSeconds');
  });

  test.each([
    ['5', 5],
    ['0', 0],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
    ['Tue, 14 Nov 2023 22:13:00 GMT', 0],
  ])('Retry-After "%s" is read as %s', (value, expected) => {
    expect(parseRetryAfter({ headers: [['retry-after', value]] }, AT.nowMs)).toBe(expected);
  });
});

describe('a webhook that cannot be reached', () => {
  test('because nothing listens is worth one more try at once', async () => {
    const gone = await startReceiver();
    gone.close();
    const outcome = await sendWebhook(keep(exchangeToLoopback()), deliveryTo(gone.port), AT);
    expect(outcome).toMatchObject({
      kind: 'try_again',
      refusedQuickly: true,
      error: { code: 'refused', message: 'hook.example refused the connection.' },
    });
  });

  test('because its address is not allowed is given up at once, and the address is for admins only', async () => {
    const outcome = await sendWebhook(keep(exchangeToLoopback()), deliveryTo(443, { url: 'https://hook.example/', personal: true }), AT);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      error: {
        code: 'address_not_allowed',
        message: 'hook.example resolves to an address that is not allowed.',
        adminMessage: expect.stringContaining('127.0.0.1'),
      },
    });
    expect(outcome).not.toHaveProperty('address');
    expect(outcome.timings.connectMs).toBeUndefined();
  });
});
