import type { Socket } from 'node:net';
import zlib from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createExchange, type ExchangeLimits } from './exchange.ts';
import { createHostResolver } from './resolve-host.ts';
import { sendWebhook } from './send-webhook.ts';
import { startDeafListener } from './testing/deaf-listener.ts';
import { startDnsServer } from './testing/dns-server.ts';
import { exchangeToLoopback, policyAllowing } from './testing/exchange-to.ts';
import { startRawReceiver, startReceiver } from './testing/receiver.ts';
import type { WebhookDelivery } from './webhook-request.ts';

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

const AT = { nowMs: 1_700_000_000_900, userAgent: 'Hookline/1.0.0' };
/** A fiftieth of the real ones. */
const SHORT: Partial<ExchangeLimits> = { totalMs: 300, connectMs: 100 };
/** What a busy machine may add to a limit. */
const NOISE_MS = 700;

const deliveryTo = (port: number, rest: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  executionId: 'exe_01kajd4p0t8s',
  url: `http://hook.example:${port}/in`,
  body: '{}',
  accessToken: null,
  signing: null,
  payloadSecrets: [],
  personal: false,
  ...rest,
});

/** One attempt at a receiver that speaks these bytes; also whether our side has hung up when it is over. */
async function attempt(onRequest: (socket: Socket) => void, { limits = SHORT, onConnection = (_: Socket) => {}, secure = false } = {}) {
  let hungUp: () => void;
  const isOver = new Promise<void>((resolve) => {
    hungUp = resolve;
  });
  const receiver = keep(
    await startRawReceiver(onRequest, (socket) => {
      socket.on('close', () => hungUp());
      onConnection(socket);
    }),
  );
  const exchange = keep(exchangeToLoopback({ limits }));
  const scheme = secure ? 'https' : 'http';
  const outcome = await sendWebhook(exchange, deliveryTo(receiver.port, { url: `${scheme}://hook.example:${receiver.port}/in` }), AT);
  return { outcome, isOver };
}

const repeat = (socket: Socket, everyMs: number, bytes: string) => {
  const timer = setInterval(() => socket.write(bytes), everyMs);
  socket.on('close', () => clearInterval(timer));
};
/** As fast as the other side takes it, without end. */
const pour = (socket: Socket, bytes: Buffer | string) => {
  const pump = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', pump);
  pump();
};

describe('a receiver that hangs', () => {
  const timedOut = (message: string) => ({ kind: 'try_again', error: { code: 'timed_out', message } });

  test('in DNS', async () => {
    const dns = keep(await startDnsServer({ 'hook.example': { silent: true } }));
    const resolver = keep(createHostResolver({ servers: [dns.address] }));
    const exchange = keep(createExchange({ policy: policyAllowing('hook.example'), resolver, limits: SHORT }));
    const outcome = await sendWebhook(exchange, deliveryTo(8080), AT);
    expect(outcome).toMatchObject(timedOut('Looking up hook.example took too long.'));
    expect(outcome.timings.totalMs).toBeLessThan(300 + NOISE_MS);
    expect(outcome).not.toHaveProperty('address');
  });

  test('in connecting', async () => {
    const listener = keep(await startDeafListener());
    const outcome = await sendWebhook(keep(exchangeToLoopback({ limits: SHORT })), deliveryTo(listener.port), AT);
    expect(outcome).toMatchObject({ ...timedOut('hook.example did not accept a connection in time.'), address: '127.0.0.1' });
    expect(outcome.timings.totalMs).toBeLessThan(100 + NOISE_MS);
  });

  test('in the TLS handshake', async () => {
    const { outcome, isOver } = await attempt(() => {}, { secure: true });
    expect(outcome).toMatchObject(timedOut('hook.example did not finish the TLS handshake in time.'));
    expect(outcome.timings.totalMs).toBeLessThan(100 + NOISE_MS);
    await isOver;
  });

  test.each<[string, (socket: Socket) => void]>([
    ['without a word', () => {}],
    ['in the middle of the status line', (socket) => void socket.write('HTTP/1.')],
    ['in the middle of the headers', (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-')],
    [
      'by one header at a time',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        repeat(socket, 20, 'X-A: b\r\n');
      },
    ],
    ['behind an interim answer', (socket) => void socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')],
  ])('before its answer, %s', async (_, onRequest) => {
    const { outcome, isOver } = await attempt(onRequest);
    expect(outcome).toMatchObject(timedOut('hook.example accepted the request but did not answer in time.'));
    expect(outcome.timings.totalMs).toBeLessThan(300 + NOISE_MS);
    await isOver;
  });

  test('by not reading what it is sent', async () => {
    const receiver = keep(
      await startRawReceiver(
        () => {},
        (socket) => void socket.pause(),
      ),
    );
    const exchange = keep(exchangeToLoopback({ limits: SHORT }));
    const outcome = await sendWebhook(exchange, deliveryTo(receiver.port, { body: JSON.stringify('x'.repeat(20_000_000)) }), AT);
    expect(outcome).toMatchObject(timedOut('hook.example accepted the request but did not answer in time.'));
    expect(outcome.timings.totalMs).toBeLessThan(300 + NOISE_MS);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['at once', (socket) => void socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n')],
    [
      'drop by drop',
      (socket) => {
        socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 9999\r\n\r\n');
        repeat(socket, 20, '.');
      },
    ],
  ])('in its body, %s, has taken the webhook', async (_, onRequest) => {
    const { outcome, isOver } = await attempt(onRequest);
    expect(outcome).toMatchObject({ kind: 'delivered', response: { status: 202, cut: true } });
    expect(outcome.timings.totalMs).toBeLessThan(300 + NOISE_MS);
    await isOver;
  });
});

describe('a receiver that answers without end', () => {
  const LONG: Partial<ExchangeLimits> = { totalMs: 10_000 };
  const HEAD = 'HTTP/1.1 200 OK\r\n';

  test.each<[string, (socket: Socket) => void, object]>([
    [
      'in one header of 10 MB',
      (socket) => void socket.write(`${HEAD}X-Long: ${'a'.repeat(10_000_000)}\r\n\r\n`),
      { kind: 'try_again', error: { code: 'bad_response', message: 'The headers of the answer of hook.example are too large.' } },
    ],
    [
      'in headers of 10 MB together',
      (socket) => void socket.write(`${HEAD}${`X-Pad: ${'a'.repeat(1000)}\r\n`.repeat(10_000)}\r\n`),
      { kind: 'try_again', error: { code: 'bad_response', message: 'The headers of the answer of hook.example are too large.' } },
    ],
    [
      'in interim answers',
      (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
      { kind: 'try_again', error: { code: 'bad_response', message: 'hook.example sent only interim answers (1xx) and no final one.' } },
    ],
    [
      'in its body',
      (socket) => {
        socket.write(`${HEAD}\r\n`);
        pour(socket, 'x'.repeat(0x4000));
      },
      { kind: 'delivered', response: { status: 200, cut: true } },
    ],
    [
      'in chunks of one byte',
      (socket) => {
        socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
        pour(socket, '1\r\nx\r\n'.repeat(1000));
      },
      { kind: 'delivered', response: { status: 200, cut: true } },
    ],
    [
      'in zeros that gzip makes small',
      (socket) => {
        socket.write(`${HEAD}Content-Encoding: gzip\r\n\r\n`);
        pour(socket, zlib.gzipSync(Buffer.alloc(32 * 1024 * 1024), { level: 9 }));
      },
      { kind: 'delivered', response: { status: 200, cut: true } },
    ],
    [
      'in trailers',
      (socket) => {
        socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n`);
        pour(socket, `X-Pad: ${'a'.repeat(1000)}\r\n`);
      },
      { kind: 'delivered', response: { status: 200, cut: true } },
    ],
  ])('%s costs little time and memory, and is hung up on', async (_, onRequest, expected) => {
    const before = process.memoryUsage.rss();
    const { outcome, isOver } = await attempt(onRequest, { limits: LONG });
    expect(outcome).toMatchObject(expected);
    expect(outcome.response?.body.length ?? 0).toBeLessThanOrEqual(64 * 1024);
    expect(outcome.timings.totalMs).toBeLessThan(5000);
    await isOver;
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024); // the receiver is in this process too
  });
});

describe('a receiver that breaks off', () => {
  const reset = { kind: 'try_again', error: { code: 'reset', message: 'hook.example closed the connection before it answered.' } };
  const DEFAULT: Partial<ExchangeLimits> = {};

  test.each<[string, (socket: Socket) => void, object]>([
    ['without a word', (socket) => void socket.end(), reset],
    ['with a reset', (socket) => void socket.resetAndDestroy(), reset],
    ['in its headers', (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-'), reset],
    [
      'after its headers',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', () => socket.resetAndDestroy()),
      { kind: 'delivered', response: { status: 200, body: '', cut: true } },
    ],
    [
      'in the body of a refusal',
      (socket) => void socket.write('HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 10\r\n\r\nbe', () => socket.resetAndDestroy()),
      { kind: 'try_again', retryAfterSeconds: 7, error: { code: 'http_status', message: 'hook.example answered 503.' } },
    ],
    [
      'in the middle of a chunk',
      (socket) => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf'),
      { kind: 'delivered', response: { status: 200, body: 'half', cut: true } },
    ],
  ])('%s', async (_, onRequest, expected) => {
    expect((await attempt(onRequest, { limits: DEFAULT })).outcome).toMatchObject(expected);
  });

  test('in the TLS handshake', async () => {
    const { outcome } = await attempt(() => {}, { limits: DEFAULT, secure: true, onConnection: (socket) => void socket.destroy() });
    expect(outcome).toMatchObject({
      kind: 'try_again',
      error: { code: 'tls', message: 'hook.example closed the connection during the TLS handshake.' },
    });
  });

  test('at every answer, though it says that it keeps the connection, loses nothing', async () => {
    const receiver = keep(
      await startRawReceiver((socket) => {
        socket.end('HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok');
      }),
    );
    const exchange = keep(exchangeToLoopback());
    for (let round = 0; round < 20; round++)
      expect(await sendWebhook(exchange, deliveryTo(receiver.port), AT)).toMatchObject({ kind: 'delivered', response: { body: 'ok' } });
  });
});

describe('a receiver that speaks an older or another language', () => {
  const DEFAULT: Partial<ExchangeLimits> = {};
  const notHttp = {
    kind: 'try_again',
    error: { code: 'bad_response', message: 'hook.example answered with something that is not HTTP.' },
  };
  const contradictory = {
    kind: 'try_again',
    error: { code: 'bad_response', message: 'The answer of hook.example contradicts itself about its length.' },
  };

  test.each<[string, string, object]>([
    [
      'HTTP/1.0 with a length',
      'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
      { kind: 'delivered', response: { body: 'ok', cut: false } },
    ],
    [
      'HTTP/1.0 without one',
      'HTTP/1.0 200 OK\r\n\r\nok until the end',
      { kind: 'delivered', response: { body: 'ok until the end', cut: false } },
    ],
    ['HTTP/1.0 that refuses', 'HTTP/1.0 500 Oh\r\n\r\n', { kind: 'try_again', error: { code: 'http_status' } }],
    ['no status text', 'HTTP/1.1 204\r\n\r\n', { kind: 'delivered', response: { status: 204 } }],
    ['SMTP', '220 mail.example ESMTP\r\n', notHttp],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', notHttp],
    ['HTTP/0.9', '<html>hello</html>', notHttp],
    ['HTTP/2 unasked', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', notHttp],
    [
      'both a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      contradictory,
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok', contradictory],
    [
      'a switch to a socket',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      { kind: 'try_again' },
    ],
  ])('%s', async (_, bytes, expected) => {
    expect((await attempt((socket) => void socket.end(bytes), { limits: DEFAULT })).outcome).toMatchObject(expected);
  });
});

test('after all of them the same exchange serves a healthy receiver', async () => {
  const exchange = keep(exchangeToLoopback({ limits: SHORT }));
  const bad = keep(await startRawReceiver((socket) => void socket.write('HTTP/1.')));
  const good = keep(await startReceiver());
  await Promise.all(Array.from({ length: 50 }, () => sendWebhook(exchange, deliveryTo(bad.port), AT)));
  expect(await sendWebhook(exchange, deliveryTo(good.port), AT)).toMatchObject({ kind: 'delivered' });
});
