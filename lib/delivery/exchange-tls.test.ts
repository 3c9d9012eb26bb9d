import https from 'node:https';
import tls from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { describeFailure } from './delivery-errors.ts';
import type { ExchangeResult } from './exchange.ts';
import { type Certificate, makeCertificates } from './testing/certificates.ts';
import { exchangeToLoopback, requestTo } from './testing/exchange-to.ts';
import { listen, startRawReceiver } from './testing/receiver.ts';

let made: ReturnType<typeof makeCertificates>;
beforeAll(() => {
  made = makeCertificates(['hook.example', 'other.example']);
});

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

const secure = (certificate: Certificate, options: tls.SecureContextOptions = {}) =>
  listen(https.createServer({ ...certificate, ...options }, (_request, response) => response.end('ok'))).then(keep);

const send = (port: number, { trusts = true, limits = {} } = {}) =>
  keep(exchangeToLoopback({ limits, ...(trusts && { ca: [made.authority.cert] }) })).send(
    requestTo(port, { url: `https://hook.example:${port}/` }),
  );

const errorOf = (result: ExchangeResult) => {
  if (result.kind === 'answered') throw new Error(`answered ${result.response.status}`);
  return describeFailure(result.failure, result.host);
};

test('a certificate for the name is accepted, and the handshake has its time', async () => {
  const receiver = await secure(made.byName['hook.example']!);
  const result = await send(receiver.port);
  expect(result).toMatchObject({ kind: 'answered', response: { status: 200, body: 'ok' } });
  expect(result.timings.tlsMs).toBeGreaterThan(0);
});

test('the server learns the name that was meant, and one connection serves several requests', async () => {
  const asked: unknown[] = [];
  const SNICallback: tls.TlsOptions['SNICallback'] = (name, done) => {
    asked.push(name);
    done(null, tls.createSecureContext(made.byName['hook.example']));
  };
  const server = https.createServer({ SNICallback }, (_request, response) => response.end('ok'));
  const receiver = keep(await listen(server));
  const exchange = keep(exchangeToLoopback({ ca: [made.authority.cert] }));
  for (let round = 0; round < 3; round += 1)
    await exchange.send(requestTo(receiver.port, { url: `https://hook.example:${receiver.port}/` }));
  expect([asked, receiver.connections()]).toEqual([['hook.example'], 1]);
});

test('a certificate for another name is refused', async () => {
  const receiver = await secure(made.byName['other.example']!);
  expect(errorOf(await send(receiver.port))).toMatchObject({
    code: 'tls',
    message: 'The TLS certificate of hook.example is for another name.',
  });
});

test('an expired certificate is refused', async () => {
  const receiver = await secure(made.expired);
  expect(errorOf(await send(receiver.port)).message).toBe('The TLS certificate of hook.example has expired.');
});

test('a certificate of an unknown authority is refused, also when the environment says to accept it', async () => {
  const receiver = await secure(made.byName['hook.example']!);
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try {
    expect(errorOf(await send(receiver.port, { trusts: false })).message).toMatch(/^The TLS certificate of hook.example comes /);
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  }
});

test('a self-signed certificate is refused and called so', async () => {
  const receiver = await secure(made.authority);
  expect(errorOf(await send(receiver.port, { trusts: false })).message).toBe('The TLS certificate of hook.example is self-signed.');
});

test('a port without TLS is told', async () => {
  const receiver = keep(
    await startRawReceiver(
      () => {},
      (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ),
  );
  expect(errorOf(await send(receiver.port)).message).toBe('hook.example does not speak TLS on this port.');
});

test('an old version of TLS is told', async () => {
  const receiver = await secure(made.byName['hook.example']!, {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  expect(errorOf(await send(receiver.port))).toMatchObject({ code: 'tls', message: expect.stringContaining('too old') });
});

test('a receiver that hangs in the handshake is given up at the limit for connecting', async () => {
  const receiver = keep(await startRawReceiver(() => {}));
  const result = await send(receiver.port, { limits: { connectMs: 150 } });
  expect(result).toMatchObject({ kind: 'failed', failure: { phase: 'tls', error: null }, address: '127.0.0.1' });
});

test('a receiver that hangs up in the handshake is told', async () => {
  const receiver = keep(
    await startRawReceiver(
      () => {},
      (socket) => socket.destroy(),
    ),
  );
  expect(errorOf(await send(receiver.port)).message).toBe('hook.example closed the connection during the TLS handshake.');
});
