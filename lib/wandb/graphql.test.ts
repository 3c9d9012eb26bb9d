import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, basic, type ClientServer, startClientServer } from './testing/start-client-server.ts';

let server: ClientServer;
beforeAll(async () => {
  server = await startClientServer();
});
afterAll(() => server.stop());

const post: ClientServer['post'] = (...request) => server.post(...request);
const send: ClientServer['send'] = (...request) => server.send(...request);

describe('who asks', () => {
  test('a key counts as Basic with the user "api" and as Bearer, with or without the prefix of self-hosted servers', async () => {
    for (const authorization of [basic(ADMIN_KEY), `Bearer ${ADMIN_KEY}`, basic(`local-${ADMIN_KEY}`)]) {
      const answer = await post(JSON.stringify({ query: '{ viewer { username } }' }), { authorization });
      expect(answer).toEqual({ status: 200, body: { data: { viewer: { username: 'ana' } } } });
    }
  });

  test('a wrong key, another user name and no key are 401, with the reason', async () => {
    for (const authorization of [
      basic('b'.repeat(40)),
      `Basic ${Buffer.from(`user:${ADMIN_KEY}`).toString('base64')}`,
      'Digest x',
      undefined,
    ]) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: authorization ? { authorization } : {},
        body: '{"query":"{ viewer { id } }"}',
      });
      expect(response.status).toBe(401);
      expect((await response.json()).errors[0].message).toMatch(/key/);
    }
  });

  test('the path for telemetry is 404 before anybody looks at a key', async () => {
    for (const path of ['/sdk/otel/v1/metrics', '/sdk/otel/v1/logs']) {
      const headers = { authorization: basic('wrong') };
      expect((await fetch(`${server.url}${path}`, { method: 'POST', body: 'x' })).status).toBe(404);
      expect((await fetch(`${server.url}${path}`, { method: 'POST', headers, body: 'x' })).status).toBe(404);
    }
  });
});

describe('the transport', () => {
  test('an empty operation name is none, and variables that nothing declares are ignored', async () => {
    const answer = await send('#graphql\nquery A($x: String) { viewer { name } }', { x: null, entity: 'e', run: 1 }, { operationName: '' });
    expect(answer.body).toEqual({ data: { viewer: { name: 'ana' } } });
  });

  test('variables and fragments left over from a feature that is off do no harm', async () => {
    const answer = await send('query A($unused: String) { viewer { id } } fragment Left on User { name }');
    expect(answer).toMatchObject({ status: 200 });
  });

  test('a field that does not exist is 400 in the words that the client looks for', async () => {
    const answer = await send('{ viewer { usernam } }');
    expect(answer).toEqual({ status: 400, body: { errors: [{ message: 'Cannot query field "usernam" on type "User".' }] } });
  });

  test('NaN and Infinity as Python writes them are taken, inside texts they stay as they are', async () => {
    const answer = await post(
      '{"query": "query A($name: String!) { entity(name: $name) { name } }", "variables": {"name": "NaN", "x": NaN, "y": -Infinity}}',
    );
    expect(answer).toEqual({ status: 200, body: { data: { entity: null } } });
  });

  test('a gzipped body is taken; one that is not what it says is 400', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect((await post(gzipSync('{"query":"{ viewer { id } }"}'), headers)).status).toBe(200);
    expect((await post('{"query":"{ viewer { id } }"}', headers)).status).toBe(400);
  });

  test('more than 16 MiB are refused, also when they unpack to that', async () => {
    const large = `{"query":"{ viewer { id } }","variables":{"x":"${'x'.repeat(17 * 1024 * 1024)}"}}`;
    expect((await post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('what is no GraphQL request is 400', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      'null',
      '{"query":1}',
      '{"query":"{ viewer { id } }","variables":[]}',
      '{"query":"{"}',
      Buffer.from([0x7b, 0xff]),
    ];
    for (const body of bodies) expect((await post(body)).status).toBe(400);
    expect((await fetch(`${server.url}/graphql`, { headers: { authorization: basic(ADMIN_KEY) } })).status).toBe(405);
  });

  test('a variable of the wrong type is 400 and an operation that is not there too', async () => {
    expect((await send('query A($name: String!) { entity(name: $name) { id } }', { name: 7 })).status).toBe(400);
    expect((await send('query A { viewer { id } }', {}, { operationName: 'B' })).status).toBe(400);
  });
});

describe('what a document may cost', () => {
  test('20 levels are taken and 21 refused', async () => {
    const nested = (pairs: number, leaf: string) =>
      `{ viewer { organizations { ${'orgEntity { organization { '.repeat(pairs)} ${leaf} ${'} } '.repeat(pairs)} } } }`;
    expect((await send(nested(8, 'orgEntity { name }'))).status).toBe(200);
    expect((await send(nested(9, 'name'))).body.errors[0].message).toMatch('at most 20 levels deep; this one has 21');
  });

  test('a document that is nested endlessly, or longer than any, is the caller’s mistake', async () => {
    const endless = '['.repeat(200_000);
    for (const [document, message] of [
      [`{ project(name: ${endless}) { id } }`, 'nested too deeply'],
      [`{ viewer { id } } ${'# \n'.repeat(400_000)}`, 'at most 1,000,000 characters'],
    ] as const) {
      const { status, body } = await send(document);
      expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining(message)]);
    }
    const { status } = await server.post(`{"query":"{viewer{id}}","variables":{"x":${endless}${']'.repeat(200_000)}}}`);
    expect(status).toBe(400);
  });

  test('text that no database can hold is refused in the document, as it is made storable in variables', async () => {
    for (const text of ['"a\\u0000b"', '"a\\u{0}b"']) {
      const { status, body } = await send(`{ viewer { id } entity(name: ${text}) { id } }`);
      expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining('NUL')]);
    }
    expect((await send('query E($n: String!) { entity(name: $n) { id } }', { n: 'a\0b' })).status).toBe(200);
  });

  test('a document reads at most 200,000 logged lines, however many fields ask for them', async () => {
    const lines = (from: number) => Array.from({ length: 1000 }, (_, i) => ({ step: from + i, values: { loss: i } }));
    for (const from of [0, 1000]) {
      const answer = await fetch(`${server.url}/api/v1/projects/vision/p/events`, {
        method: 'POST',
        headers: { authorization: basic(ADMIN_KEY), 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'run.metrics', run: { id: 'long' }, metrics: lines(from) }),
      });
      expect(answer.status).toBe(202);
    }
    const ask = (field: string, count: number) =>
      send(
        `{ project(name: "p", entityName: "vision") { run(name: "long") { ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} } } }`,
      );
    for (const field of [
      'history(samples: 10000)',
      'history(minStep: 0, maxStep: 9000, samples: 9000)',
      'sampledHistory(specs: ["{\\"keys\\":[\\"loss\\"],\\"samples\\":2000}"])',
    ]) {
      const fine = await ask(field, 2);
      expect([fine.status, fine.body.data?.project.run.a1.flat().length]).toEqual([200, 2000]);
      const { status, body } = await ask(field, 101);
      expect([status, body.errors[0].message]).toEqual([422, expect.stringContaining('200,000 logged lines')]);
    }
  });

  test('fragments count where they are used, and inside themselves they end', async () => {
    const fragments = Array.from({ length: 30 }, (_, i) => `fragment F${i} on User { a: id ...F${i + 1} ...F${i + 1} }`).join(' ');
    const wide = await send(`{ viewer { ...F0 } } ${fragments} fragment F30 on User { id }`);
    expect([wide.status, wide.body.errors[0].message]).toEqual([400, expect.stringMatching('2,000 fields')]);
    expect((await send('{ viewer { ...A } } fragment A on User { ...A }')).status).toBe(400);
  });
});

describe('identity', () => {
  test('the viewer has the personal space and the teams, and flags that turn nothing off', async () => {
    const { body } = await send(
      '{ viewer { id username entity email admin flags deletedAt teams { edges { node { name entityType } } } organizations { name } } }',
    );
    expect(body.data.viewer).toEqual({
      id: Buffer.from('User:1').toString('base64'),
      username: 'ana',
      entity: 'ana',
      email: '',
      admin: true,
      flags: '{"code_saving_enabled":true}',
      deletedAt: null,
      teams: { edges: [{ node: { name: 'ana', entityType: 'user' } }, { node: { name: 'vision', entityType: 'team' } }] },
      organizations: [{ name: 'Acme' }],
    });
  });

  test('a team leads to its organization, a personal space to its user', async () => {
    const query =
      'query E($n: String!) { entity(name: $n) { isTeam organization { name orgEntity { entityType } } user { username organizations { name } } } }';
    expect((await send(query, { n: 'vision' })).body.data.entity).toEqual({
      isTeam: true,
      organization: { name: 'Acme', orgEntity: { entityType: 'organization' } },
      user: null,
    });
    expect((await send(query, { n: 'ana' })).body.data.entity).toEqual({
      isTeam: false,
      organization: null,
      user: { username: 'ana', organizations: [{ name: 'Acme' }] },
    });
    expect((await send(query, { n: 'nobody' })).body.data.entity).toBeNull();
  });

  test('a key that the client makes works, is listed by its beginning and can be removed', async () => {
    const made = await send('mutation { generateApiKey(input: { description: "laptop" }) { apiKey { id name description } } }');
    const { id, name: key } = made.body.data.generateApiKey.apiKey;
    expect(key).toMatch(/^[0-9a-f]{40}$/);
    expect((await post('{"query":"{ viewer { username } }"}', { authorization: basic(key) })).status).toBe(200);
    const listed = await send('{ viewer { apiKeys { edges { node { name description } } } } }');
    expect(listed.body.data.viewer.apiKeys.edges).toContainEqual({ node: { name: key.slice(0, 6), description: 'laptop' } });
    expect((await send('mutation D($id: String!) { deleteApiKey(input: { id: $id }) { success } }', { id })).body.data).toBeTruthy();
    expect((await post('{"query":"{ viewer { username } }"}', { authorization: basic(key) })).status).toBe(401);
  });

  test('a team is made, people join and leave it, and a service account has a key', async () => {
    await send('mutation { createTeam(input: { teamName: "speech" }) { entity { name } } }');
    await send('mutation { createUser(input: { email: "ben@acme.example" }) { user { username } } }');
    const invited = await send(
      'mutation { createInvite(input: { entityName: "speech", username: "ben" }) { invite { id toUser { email } } } }',
    );
    expect(invited.body.data.createInvite.invite.toUser).toEqual({ email: 'ben@acme.example' });
    await send('mutation { createServiceAccount(input: { entityName: "speech", description: "CI of speech" }) { user { id } } }');
    const members = async () =>
      (await send('{ entity(name: "speech") { members { username admin accountType } } }')).body.data.entity.members;
    expect(await members()).toEqual([
      { username: 'ana', admin: true, accountType: 'USER' },
      { username: 'ben', admin: false, accountType: 'USER' },
      { username: 'ci-of-speech', admin: false, accountType: 'SERVICE' },
    ]);
    const { id } = invited.body.data.createInvite.invite;
    const left = await send('mutation D($id: String) { deleteInvite(input: { id: $id, entityName: "speech" }) { success } }', { id });
    expect(left.status).toBe(404); // an invite's id is no member's
    const ben = Buffer.from(`User:${Buffer.from(id, 'base64').toString().split(':')[1]}`).toString('base64');
    expect(
      (await send('mutation D($id: String) { deleteInvite(input: { id: $id, entityName: "speech" }) { success } }', { id: ben })).status,
    ).toBe(200);
    expect(await members()).toHaveLength(2);
  });

  test('refusals keep their status: a name that is taken is 409, a wrong one 422, a missing team 404', async () => {
    const team = (teamName: string) =>
      send('mutation T($n: String!) { createTeam(input: { teamName: $n }) { entity { id } } }', { n: teamName });
    expect((await team('vision')).status).toBe(409);
    expect((await team('graphql')).status).toBe(422);
    expect((await send('mutation { createInvite(input: { entityName: "none", username: "ana" }) { invite { id } } }')).status).toBe(404);
  });
});
