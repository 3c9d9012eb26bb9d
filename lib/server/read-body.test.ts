import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAppError } from '#lib/errors.ts';
import { readBody } from './read-body.ts';

const LIMIT = 1024;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    readBody(request, LIMIT).then(
      (body) => response.end(`read ${body.toString()}`),
      (error: unknown) =>
        response.writeHead(400, { connection: 'close' }).end(isAppError(error) ? `${error.code}: ${error.message}` : 'a bug'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => server.close());

async function post(body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  return (await fetch(url, { method: 'POST', body, headers })).text();
}

test('a body is read whole, decompressed where it says so', async () => {
  expect(await post('hello')).toBe('read hello');
  expect(await post(gzipSync('hello'), { 'content-encoding': 'gzip' })).toBe('read hello');
});

test('more than the limit is refused, also when only its decompressed form is', async () => {
  expect(await post('x'.repeat(LIMIT + 1))).toMatch(/^too_large: /);
  expect(await post(gzipSync('x'.repeat(1_000_000)), { 'content-encoding': 'gzip' })).toMatch(/^too_large: /);
});

test('what is not what it says is invalid', async () => {
  expect(await post('plain', { 'content-encoding': 'gzip' })).toBe('invalid: The body is not valid gzip.');
  expect(await post('plain', { 'content-encoding': 'br' })).toMatch(/^invalid: The content encoding br/);
});
