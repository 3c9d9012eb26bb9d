import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ variables: { HOOKLINE_TRUST_PROXY: 'loopback', HOOKLINE_PUBLIC_URL: 'https://hookline.test' } });
});
afterAll(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });

test('the process, the store and the migrations are well', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ ok: true });
  expect(await (await get('/ready')).json()).toEqual({ ready: true });
});

test('metrics are for a direct loopback peer; behind a proxy they need an admin', async () => {
  expect(await (await get('/metrics')).text()).toContain('hookline_http_request_seconds');
  expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
});

test('an address under /api that no route knows is a refusal in JSON, everything else is a page', async () => {
  const missing = await get('/api/v1/nothing');
  expect([missing.status, (await missing.json()).error.code]).toEqual([404, 'not_found']);
  expect(await (await get('/anything')).text()).toBe('page');
});

test('pages are only read', async () => {
  const response = await fetch(`${server.url}/anything`, { method: 'POST', body: 'x' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('an address that is none is the caller’s mistake, at a page and at a file', async () => {
  for (const path of ['/vision/%E0%A4%A', '/registry/%ff/x', '*', 'http://evil.example/login', '/storage/x/%ff']) {
    // Not with fetch, which sends no such address.
    const status = await new Promise<number | undefined>((resolve) => {
      httpRequest({ host: '127.0.0.1', port: server.port, path }, (response) =>
        response.resume().once('end', () => resolve(response.statusCode)),
      ).end();
    });
    expect([path, status]).toEqual([path, path.startsWith('/storage/') ? 403 : 400]);
  }
  expect(server.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('the reference of the API is served to anyone', async () => {
  expect(await (await get('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://hookline.test' }] });
});

test('each request has an id, and one line in the log without its query or a token in its path', async () => {
  const response = await get('/invite/very-secret-token?next=also-secret', { 'x-forwarded-for': '203.0.113.9' });
  await response.text();
  await get('/healthz');
  const line = server.lines.find((candidate) => candidate.requestId === response.headers.get('x-request-id'));
  expect(line).toMatchObject({ method: 'GET', path: '/invite/…', status: 200, address: '203.0.113.9', msg: 'request' });
  expect(JSON.stringify(server.lines)).not.toContain('secret');
});

test('a request under another host than the public one is logged', async () => {
  await new Promise<void>((resolve) => {
    httpRequest({ host: '127.0.0.1', port: server.port, path: '/x', headers: { host: 'evil.test' } }, (response) =>
      response.resume().once('end', resolve),
    ).end();
  });
  expect(server.lines).toContainEqual(expect.objectContaining({ level: 'warn', host: 'evil.test' }));
});

test('a page that throws answers 500 with the request id and nothing else', async () => {
  const broken = await startTestServer({ pages: { answer: () => Promise.reject(new Error('inner detail')) } });
  const response = await fetch(`${broken.url}/x`);
  const text = await response.text();
  await broken.stop();
  expect(response.status).toBe(500);
  expect(text).toContain(response.headers.get('x-request-id'));
  expect(text).not.toContain('inner detail');
});

test('stopping finishes the requests that run, then the background, and takes nothing new', async () => {
  const order: string[] = [];
  let finish = () => {};
  const entered = Promise.withResolvers<void>();
  const slow = await startTestServer({
    pages: {
      answer: async (_, response) => {
        entered.resolve();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        response.end('late');
      },
    },
    background: [{ name: 'worker', trouble: () => null, stop: async () => void order.push('background') }],
  });
  const running = fetch(`${slow.url}/slow`);
  await entered.promise;
  const stopped = slow.stop();
  await expect(fetch(`${slow.url}/healthz`)).rejects.toThrow();
  finish();
  expect(await (await running).text()).toBe('late');
  order.push('request');
  await stopped;
  expect(order).toEqual(['request', 'background']);
});

test('stopping waits for what runs in the background, whose trouble shows in /ready', async () => {
  const order: string[] = [];
  const other = await startTestServer({
    background: [
      {
        name: 'worker',
        trouble: () => 'The worker does not answer.',
        stop: async () => {
          order.push('drained');
        },
      },
    ],
  });
  const ready = await fetch(`${other.url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([503, { ready: false, troubles: { worker: 'The worker does not answer.' } }]);
  await other.stop();
  order.push('stopped');
  expect(order).toEqual(['drained', 'stopped']);
});

test('a port that is taken stops the start with a sentence', async () => {
  await expect(startTestServer({ variables: { PORT: String(server.port) } })).rejects.toThrow(/^PORT \d+ on 127.0.0.1 is taken/);
});
