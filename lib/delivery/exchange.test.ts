import type { Socket } from 'node:net';
import zlib from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { describeFailure } from './delivery-errors.ts';
import { createExchange, type Exchange, type ExchangeResult } from './exchange.ts';
import { createHostResolver } from './resolve-host.ts';
import { exchangeToLoopback, policyAllowing, requestTo } from './testing/exchange-to.ts';
import { startRawReceiver, startReceiver } from './testing/receiver.ts';

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

const SHORT = { totalMs: 300, connectMs: 200 };
const statusOf = (result: ExchangeResult) => (result.kind === 'answered' ? result.response.status : result.failure);
const responseOf = (result: ExchangeResult) => {
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.failure));
  return result.response;
};
/** Sends once to a receiver that speaks these bytes, with short limits. */
async function sendTo(onRequest: (socket: Socket) => void, limits: Parameters<typeof exchangeToLoopback>[0] = { limits: SHORT }) {
  const receiver = keep(await startRawReceiver(onRequest));
  return keep(exchangeToLoopback(limits)).send(requestTo(receiver.port));
}

describe('one exchange', () => {
  test('sends the bytes given and brings back status, headers, body, the address and the time of each phase', async () => {
    const receiver = keep(
      await startReceiver((response) => response.writeHead(201, { 'X-One': 'a', 'Set-Cookie': ['b', 'c'] }).end('{"ok":"ü"}')),
    );
    const result = await keep(exchangeToLoopback()).send(
      requestTo(receiver.port, { url: `http://hook.example:${receiver.port}/a%20b?q=1#frag` }),
    );

    expect(responseOf(result)).toMatchObject({ status: 201, body: '{"ok":"ü"}', bodyBytes: 11, cut: false });
    expect(responseOf(result).headers).toEqual(
      expect.arrayContaining([
        ['X-One', 'a'],
        ['Set-Cookie', 'b'],
        ['Set-Cookie', 'c'],
      ]),
    );
    expect(receiver.requests[0]).toMatchObject({ method: 'POST', path: '/a%20b?q=1', body: Buffer.from('{"test":1}') });
    expect(receiver.requests[0]?.headers).toMatchObject({ host: `hook.example:${receiver.port}`, 'content-length': '10' });
    expect(result.address).toBe('127.0.0.1');
    const { dnsMs, connectMs, firstByteMs, downloadMs, totalMs } = result.timings;
    expect(dnsMs! + connectMs! + firstByteMs! + downloadMs!).toBeLessThanOrEqual(totalMs);
  });

  test('keeps its connection for the next one, which then needs no DNS and no connect', async () => {
    const receiver = keep(await startReceiver());
    const exchange = keep(exchangeToLoopback());
    await exchange.send(requestTo(receiver.port));
    const second = await exchange.send(requestTo(receiver.port));
    expect(receiver.connections()).toBe(1);
    expect(second.timings).not.toHaveProperty('dnsMs');
    expect(second.timings).not.toHaveProperty('connectMs');
  });

  test('does not keep a connection beyond its age', async () => {
    let nowMs = 0;
    const receiver = keep(await startReceiver());
    const exchange = keep(exchangeToLoopback({ now: () => nowMs, limits: { maxAgeMs: 60_000, idleMs: 600_000 } }));
    await exchange.send(requestTo(receiver.port));
    nowMs = 59_999;
    await exchange.send(requestTo(receiver.port));
    expect(receiver.connections()).toBe(1);
    nowMs = 60_000;
    await exchange.send(requestTo(receiver.port));
    expect(receiver.connections()).toBe(2);
  });

  test('sends again on a new connection when a kept one was closed under it', async () => {
    let answered = 0;
    const receiver = keep(
      await startRawReceiver((socket) => {
        answered += 1;
        if (answered === 2) return socket.destroy();
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      }),
    );
    const exchange = keep(exchangeToLoopback());
    expect(statusOf(await exchange.send(requestTo(receiver.port)))).toBe(200);
    expect(statusOf(await exchange.send(requestTo(receiver.port)))).toBe(200);
    expect([answered, receiver.connections()]).toEqual([3, 2]);
  });

  test('honours Connection: close', async () => {
    const receiver = keep(await startReceiver((response) => response.setHeader('Connection', 'close').end('ok')));
    const exchange = keep(exchangeToLoopback());
    for (let round = 0; round < 3; round += 1) expect(statusOf(await exchange.send(requestTo(receiver.port)))).toBe(200);
    expect(receiver.connections()).toBe(3);
  });

  test('follows no redirect', async () => {
    const elsewhere = keep(await startReceiver());
    for (const status of [301, 302, 303, 307, 308]) {
      const receiver = keep(
        await startReceiver((response) => response.writeHead(status, { Location: `http://hook.example:${elsewhere.port}/` }).end()),
      );
      expect(statusOf(await keep(exchangeToLoopback()).send(requestTo(receiver.port)))).toBe(status);
    }
    expect(elsewhere.connections()).toBe(0);
  });

  test('ignores proxies named in the environment', async () => {
    const proxy = keep(await startReceiver());
    const receiver = keep(await startReceiver());
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${proxy.port}`;
    try {
      expect(statusOf(await keep(exchangeToLoopback()).send(requestTo(receiver.port)))).toBe(200);
    } finally {
      names.forEach((name, index) => {
        if (before[index] === undefined) delete process.env[name];
        else process.env[name] = before[index];
      });
    }
    expect([proxy.connections(), receiver.connections()]).toEqual([0, 1]);
  });

  test('tells a refused connection', async () => {
    const gone = await startReceiver();
    gone.close();
    expect(await keep(exchangeToLoopback()).send(requestTo(gone.port))).toMatchObject({
      kind: 'failed',
      failure: { phase: 'connect', error: { code: 'ECONNREFUSED' } },
      address: '127.0.0.1',
    });
  });

  test('tells a connection that took too long', async () => {
    const receiver = keep(await startReceiver());
    const result = await keep(exchangeToLoopback({ limits: { connectMs: 0 } })).send(requestTo(receiver.port));
    expect(result).toMatchObject({ kind: 'failed', failure: { phase: 'connect', error: null }, address: '127.0.0.1' });
  });

  test('tries the other addresses of a name when one refuses', async () => {
    const receiver = keep(await startReceiver());
    const resolver = createHostResolver({ names: { 'hook.example': ['127.0.0.2', '127.0.0.1'] } });
    const result = await keep(createExchange({ policy: policyAllowing('hook.example'), resolver })).send(requestTo(receiver.port));
    expect([statusOf(result), result.address]).toEqual([200, '127.0.0.1']);
  });
});

describe('a receiver that misbehaves', () => {
  const timedOut = { phase: 'answer', error: null };

  test('by not answering is given up at the deadline', async () => {
    expect(statusOf(await sendTo(() => {}))).toEqual(timedOut);
  });

  test('by dripping headers is given up at the deadline of the whole exchange, not of silence', async () => {
    const drip = (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('X-A: b\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    };
    expect(statusOf(await sendTo(drip))).toEqual(timedOut);
  });

  test('by flooding with interim answers is given up', async () => {
    const flood = (socket: Socket) => void socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(10_000));
    expect(statusOf(await sendTo(flood, {}))).toMatchObject({ phase: 'answer', error: { code: 'EINTERIM' } });
  });

  test('only a little, by a few interim answers, is understood', async () => {
    const hints = (socket: Socket) =>
      void socket.write(`${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(3)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`);
    expect(responseOf(await sendTo(hints, {}))).toMatchObject({ status: 200, body: 'ok' });
  });

  test('by interim answers that nobody asked for is told', async () => {
    const result = await sendTo((socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)), {});
    expect(result.kind === 'failed' && describeFailure(result.failure, 'hook.example').code).toBe('bad_response');
  });

  test('by huge headers is given up', async () => {
    const huge = (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\n${`X-Pad: ${'a'.repeat(1000)}\r\n`.repeat(100)}\r\n`);
    expect(statusOf(await sendTo(huge, {}))).toMatchObject({ phase: 'answer', error: { code: 'UND_ERR_HEADERS_OVERFLOW' } });
  });

  test('by speaking something else is told from silence', async () => {
    expect(statusOf(await sendTo((socket) => void socket.write('220 mail.example ESMTP\r\n'), {}))).toMatchObject({
      phase: 'answer',
      error: { name: 'HTTPParserError' },
    });
  });

  test('by hanging up before it answers is told from silence', async () => {
    expect(statusOf(await sendTo((socket) => void socket.end(), {}))).toMatchObject({ phase: 'answer', error: { code: 'UND_ERR_SOCKET' } });
    expect(statusOf(await sendTo((socket) => void socket.resetAndDestroy(), {}))).toMatchObject({
      phase: 'answer',
      error: { code: 'ECONNRESET' },
    });
  });

  test('by hanging in the body has answered: what came is kept and marked cut', async () => {
    const hang = (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin');
    expect(responseOf(await sendTo(hang))).toMatchObject({ status: 200, body: 'begin', cut: true });
  });

  test('by dripping its body has answered, and is cut at the deadline', async () => {
    const drip = (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      const timer = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(timer));
    };
    const result = await sendTo(drip);
    expect(responseOf(result)).toMatchObject({ status: 200, cut: true });
    expect(result.timings.totalMs).toBeLessThan(2000);
  });

  test('by a reset after the headers has answered', async () => {
    const reset = (socket: Socket) =>
      void socket.write('HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nbe', () => socket.resetAndDestroy());
    expect(responseOf(await sendTo(reset, {}))).toMatchObject({ status: 503, cut: true });
  });

  test('by an endless body is cut at 64 KiB and hung up on', async () => {
    let closed: () => void;
    const hungUp = new Promise<void>((settle) => {
      closed = settle;
    });
    const endless = (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
      const pump = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', pump).on('close', () => closed());
      pump();
    };
    const response = responseOf(await sendTo(endless, {}));
    expect(response).toMatchObject({ status: 200, cut: true });
    expect(response.body).toBe('x'.repeat(64 * 1024));
    await hungUp;
  });
});

describe('a compressed body', () => {
  const encoders = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync };

  async function answeredWith(encoding: string, bytes: Buffer) {
    const receiver = keep(await startReceiver((response) => response.writeHead(200, { 'Content-Encoding': encoding }).end(bytes)));
    return responseOf(await keep(exchangeToLoopback()).send(requestTo(receiver.port)));
  }

  test.each(Object.entries(encoders))('in %s is shown as text', async (encoding, encode) => {
    expect(await answeredWith(encoding, encode('{"ok":true}'))).toMatchObject({ body: '{"ok":true}', cut: false });
  });

  test.each(Object.entries(encoders))('in %s that unpacks to 8 MiB is kept to 64 KiB', async (encoding, encode) => {
    const response = await answeredWith(encoding, encode(Buffer.alloc(8 * 1024 * 1024)));
    expect([response.body.length, response.cut]).toEqual([64 * 1024, true]);
  });

  test('that is broken keeps what could be read', async () => {
    expect(await answeredWith('gzip', Buffer.from('no gzip at all'))).toMatchObject({ body: '', cut: true });
  });

  test('in an unknown or stacked encoding is named instead of shown', async () => {
    expect((await answeredWith('gzip, gzip', zlib.gzipSync(zlib.gzipSync('x')))).body).toContain('gzip, gzip');
  });
});

test('a body is text that every store can hold: NUL is replaced and no character is cut in two', async () => {
  const send = async (bytes: Buffer) => {
    const receiver = keep(await startReceiver((response) => response.end(bytes)));
    return responseOf(await keep(exchangeToLoopback()).send(requestTo(receiver.port)));
  };
  expect((await send(Buffer.from('a\0b'))).body).toBe('a\uFFFDb');
  const long = await send(Buffer.from(`x${'ü'.repeat(40_000)}`));
  expect([long.body.at(-1), long.cut]).toEqual(['ü', true]);
});

test('what is open when an exchange is closed ends', async () => {
  const receiver = keep(await startRawReceiver(() => exchange.close()));
  const exchange: Exchange = exchangeToLoopback();
  expect(await exchange.send(requestTo(receiver.port))).toMatchObject({ kind: 'failed', failure: { phase: 'answer' } });
});
