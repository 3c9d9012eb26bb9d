import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#lib/domain/permissions.ts';
import { conflict, unauthenticated } from '#lib/errors.ts';
import type { Context } from '#lib/services/context.ts';
import { createDispatch } from './dispatch.ts';
import type { ApiRequest } from './request.ts';
import { defineRoute } from './route.ts';

const ANA: Actor = { kind: 'user', userId: 1, username: 'ana', instanceAdmin: false, sessionId: 's' };
const logged: unknown[] = [];

const routes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/secrets/{name}',
    summary: 'One secret.',
    params: z.object({ team: z.string(), name: z.string() }),
    query: z.object({ limit: z.coerce.number().default(50) }),
    response: z.object({ team: z.string(), name: z.string(), limit: z.number() }),
    handle: async ({ params, query }) => ({ ...params, ...query, value: 'never shown' }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams',
    summary: 'Makes a team.',
    body: z.strictObject({ name: z.string() }),
    response: z.object({ name: z.string() }),
    status: 201,
    handle: async ({ body }) => {
      if (body.name === 'taken') throw conflict('There is a team "taken" already.');
      if (body.name === 'bug') throw new Error('secret detail');
      if (body.name === 'full') throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      if (body.name === 'gone') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      if (body.name === 'lost') throw new Error('Connection terminated due to connection timeout');
      return body;
    },
  }),
  defineRoute({ method: 'DELETE', path: '/api/v1/teams/{team}', summary: 'Deletes it.', status: 204, handle: async () => {} }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/mine',
    summary: 'Mine.',
    access: 'anyone',
    response: z.object({ mine: z.boolean() }),
    handle: async () => ({ mine: true }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/lines',
    summary: 'Lines.',
    stream: 'application/x-ndjson',
    handle: async () =>
      (async function* () {
        yield '{"a":1}\n';
        yield '{"a":2}\n';
      })(),
  }),
];

const dispatch = createDispatch({
  routes,
  authenticate: async ({ authorization, cookie }) => {
    if (authorization === 'Bearer good') return { ...ANA, kind: 'api_key', keyId: 'k', serviceAccount: false } as Actor;
    if (authorization) throw unauthenticated();
    return cookie ? ANA : { kind: 'anonymous' };
  },
  contextFor: (actor) => ({ actor }) as Context,
  publicOrigin: 'https://hookline.test',
  logError: (error) => logged.push(error),
});

async function send(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const [pathname, search = ''] = path.split('?');
  const request: ApiRequest = {
    method,
    path: pathname!,
    search,
    headers,
    readBody: async () => new TextEncoder().encode(body),
    requestId: 'req_1',
    address: null,
    directLoopback: false,
    signal: new AbortController().signal,
  };
  const response = await dispatch(request);
  return { ...response, json: typeof response.body === 'string' ? JSON.parse(response.body) : null };
}

const KEY = { authorization: 'Bearer good' };
const SESSION = { cookie: 'session=1', origin: 'https://hookline.test', 'content-type': 'application/json' };

test('parameters and query are parsed, and the view drops what it does not name', async () => {
  const { status, json } = await send('GET', '/api/v1/teams/a%20b/secrets/TOKEN?limit=7', KEY);
  expect([status, json]).toEqual([200, { team: 'a b', name: 'TOKEN', limit: 7 }]);
});

test('a fixed segment wins over a parameter', async () => {
  expect((await send('GET', '/api/v1/teams/mine')).json).toEqual({ mine: true });
});

test('without key or session only what is open to anyone answers', async () => {
  const { status, json, headers } = await send('GET', '/api/v1/teams/a/secrets/b');
  expect([status, json.error.code, headers['www-authenticate']]).toEqual([401, 'unauthenticated', 'Bearer realm="Hookline"']);
});

test('a wrong key beside a good session is refused: the cookie does not count', async () => {
  expect((await send('GET', '/api/v1/teams/a/secrets/b', { ...SESSION, authorization: 'Bearer bad' })).status).toBe(401);
});

test.each([
  ['of another origin', { ...SESSION, origin: 'https://evil.test' }],
  ['without an origin', { cookie: SESSION.cookie, 'content-type': 'application/json' }],
  ['as a form', { ...SESSION, 'content-type': 'text/plain' }],
  ['of another origin without a session', { origin: 'https://evil.test', 'content-type': 'application/json' }],
])('a change %s is forbidden', async (_, headers) => {
  const { status, json } = await send('POST', '/api/v1/teams', headers, '{"name":"a"}');
  expect([status, json.error.code]).toEqual([403, 'forbidden']);
});

test('a change by session from our own page, or by key from anywhere, is made', async () => {
  expect((await send('POST', '/api/v1/teams', SESSION, '{"name":"a"}')).status).toBe(201);
  expect((await send('POST', '/api/v1/teams', { ...KEY, origin: 'https://evil.test' }, '{"name":"a"}')).status).toBe(201);
  expect((await send('DELETE', '/api/v1/teams/a', KEY)).status).toBe(204);
});

test.each([
  ['malformed JSON', '{"name":', 'not valid JSON'],
  ['a missing field', '{}', 'name'],
  ['an unknown field', '{"name":"a","x":1}', 'There is no field "x" here'],
  ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'nested deeper than 64'],
])('%s is invalid', async (_, body, message) => {
  const { status, json } = await send('POST', '/api/v1/teams', KEY, body);
  expect([status, json.error.code]).toEqual([400, 'invalid']);
  expect(json.error.message).toContain(message);
});

test.each(['full', 'gone', 'lost'])('a database that is %s is unavailable for now, and the log knows why', async (name) => {
  const { status, json, headers } = await send('POST', '/api/v1/teams', KEY, JSON.stringify({ name }));
  expect([status, json.error.code, headers['retry-after']]).toEqual([503, 'unavailable', '2']);
  expect(logged.splice(0)).toHaveLength(1);
});

test('a refusal keeps its message, a bug keeps it to the log', async () => {
  expect((await send('POST', '/api/v1/teams', KEY, '{"name":"taken"}')).json.error).toEqual({
    code: 'conflict',
    message: 'There is a team "taken" already.',
    requestId: 'req_1',
  });
  const bug = await send('POST', '/api/v1/teams', KEY, '{"name":"bug"}');
  expect([bug.status, bug.json.error.code]).toEqual([500, 'internal']);
  expect(bug.body).not.toContain('secret detail');
  expect(logged).toHaveLength(1);
});

test('an address that is not there is 404, a method that is not there 405 with the list', async () => {
  expect((await send('GET', '/api/v1/nothing', KEY)).status).toBe(404);
  expect((await send('GET', '/api/v1/teams/%E0%A4%A', KEY)).status).toBe(404);
  const other = await send('PATCH', '/api/v1/teams', KEY);
  expect([other.status, other.headers.allow]).toEqual([405, 'POST, OPTIONS']);
  expect((await send('OPTIONS', '/api/v1/teams/mine')).headers.allow).toContain('GET, HEAD, OPTIONS');
});

test('HEAD answers the headers of GET', async () => {
  const { status, body, headers } = await send('HEAD', '/api/v1/teams/mine');
  expect([status, body, headers['content-type']]).toEqual([200, null, 'application/json; charset=utf-8']);
});

test('a stream is handed on piece by piece', async () => {
  const { body, headers } = await send('GET', '/api/v1/lines', KEY);
  const pieces: unknown[] = [];
  for await (const piece of body as AsyncIterable<string>) pieces.push(piece);
  expect([headers['content-type'], pieces]).toEqual(['application/x-ndjson', ['{"a":1}\n', '{"a":2}\n']]);
});
