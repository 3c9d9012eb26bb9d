import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtFilesPart, compressBuiltFiles } from './built-files.ts';

const SCRIPT = 'export const answer = 42;\n'.repeat(100);
const folder = mkdtempSync(join(tmpdir(), 'hookline-built-'));
let part: ReturnType<typeof builtFilesPart>;
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chunks', 'a.js'), SCRIPT);
  writeFileSync(join(folder, 'font.woff2'), 'compressed already');
  await compressBuiltFiles(folder);
  part = builtFilesPart(folder);
  server = createServer((request, response) => void part.answer({ request, response, path: request.url! } as never));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function ask(encodings: string, method = 'GET') {
  const { port } = server.address() as { port: number };
  const headers = { 'accept-encoding': encodings };
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    send({ host: '127.0.0.1', port, method, path: '/_next/static/chunks/a.js', headers }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode!, headers: response.headers, body });
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  { asked: 'gzip, deflate, br, zstd', sent: 'br', read: brotliDecompressSync },
  { asked: 'gzip', sent: 'gzip', read: gunzipSync },
  { asked: 'br;q=0, gzip;q=0.5', sent: 'gzip', read: gunzipSync },
  { asked: 'identity', sent: undefined, read: (bytes: Buffer) => bytes },
  { asked: 'br;q=0.0', sent: undefined, read: (bytes: Buffer) => bytes },
])('to "$asked" the file is sent as $sent', async ({ asked, sent, read }) => {
  const { status, headers, body } = await ask(asked);
  expect([status, headers['content-encoding'], headers['content-length']]).toEqual([200, sent, String(body.length)]);
  expect(headers).toMatchObject({ 'content-type': 'application/javascript; charset=UTF-8', vary: 'Accept-Encoding' });
  expect(read(body).toString()).toBe(SCRIPT);
});

test('a HEAD has the length and no body; nothing else is taken', async () => {
  const head = await ask('br', 'HEAD');
  expect([Number(head.headers['content-length']) > 0, head.body.length]).toEqual([true, 0]);
  expect((await ask('br', 'POST')).status).toBe(405);
});

test('only what a build left and compressed is claimed', () => {
  expect(part.claims('/_next/static/chunks/a.js')).toBe(true);
  const others = ['chunks/b.js', 'chunks/a.js.br', 'font.woff2', '../a.js', 'chunks/../chunks/a.js', 'chunks/a.js%00'];
  expect(others.filter((name) => part.claims(`/_next/static/${name}`))).toEqual([]);
});
