import { beforeEach, expect, test } from 'vitest';
import { type HandSetClock, handSetClock, testPlatform } from '#lib/services/testing.ts';
import { describeStores } from '#lib/store/testing.ts';
import { type Call, testApi } from '../testing.ts';

const KEY = 'a'.repeat(40);

describeStores('people, teams and keys over REST', (makeStore) => {
  let clock: HandSetClock;
  let call: Call;
  /** As the instance's admin, by key. */
  let root: (method: string, path: string, body?: unknown) => ReturnType<Call>;

  beforeEach(async () => {
    clock = handSetClock();
    const platform = testPlatform(await makeStore(), clock);
    call = testApi(platform);
    const setup = { organization: 'Acme', username: 'root', password: 'correct horse battery', team: 'acme' };
    const { cookie } = await call('POST', '/setup', setup, { directLoopback: true });
    const { body } = await call('POST', '/api-keys', { name: 'ci' }, { cookie: cookie! });
    expect(body.key).toMatch(/^[0-9a-f]{40}$/);
    root = (method, path, body_) => call(method, path, body_, { key: body.key });
  });

  const provision = async (username: string, letter: string) => {
    const apiKey = letter.repeat(40);
    expect((await root('POST', '/users', { username, apiKey })).status).toBe(201);
    return (method: string, path: string, body?: unknown) => call(method, path, body, { key: apiKey });
  };

  test('provisioning makes users, organizations, teams and members, and says 409 where a name exists', async () => {
    const ana = await provision('ana', 'b');
    expect((await root('POST', '/users', { username: 'ANA' })).status).toBe(409);
    expect((await root('POST', '/organizations', { name: 'Beta Labs' })).body).toMatchObject({
      name: 'Beta-Labs',
      displayName: 'Beta Labs',
    });
    expect((await root('POST', '/organizations/Beta-Labs/members', { username: 'ana', role: 'member' })).status).toBe(201);
    expect((await root('POST', '/organizations/Beta-Labs/members', { username: 'ana', role: 'member' })).status).toBe(409);

    expect((await ana('POST', '/teams', { name: 'vision' })).body).toMatchObject({
      name: 'vision',
      organization: 'Beta-Labs',
      role: 'admin',
    });
    expect((await ana('POST', '/teams', { name: 'Vision' })).status).toBe(409);
    await provision('ben', 'c');
    expect((await ana('POST', '/teams/vision/members', { username: 'ben', role: 'viewer' })).status).toBe(201);
    const { body } = await ana('GET', '/organizations/Beta-Labs/members');
    expect(body.items.map((member: { username: string; role: string }) => `${member.username}:${member.role}`)).toEqual([
      'ana:member',
      'ben:viewer',
    ]);
    const first = (await ana('GET', '/organizations/Beta-Labs/members?limit=1')).body;
    expect(first.items).toMatchObject([{ username: 'ana' }]);
    const second = (await ana('GET', `/organizations/Beta-Labs/members?limit=1&after=${first.next}`)).body;
    expect(second).toEqual({ items: [expect.objectContaining({ username: 'ben' })] });
    expect((await ana('GET', '/organizations/Beta-Labs/members?limit=0')).status).toBe(400);
    expect((await ana('DELETE', '/teams/vision/members/ben')).status).toBe(204);
  });

  test('only instance admins make users and organizations', async () => {
    const ana = await provision('ana', 'b');
    expect((await ana('POST', '/users', { username: 'eve' })).status).toBe(403);
    expect((await ana('POST', '/organizations', { name: 'Eve' })).status).toBe(403);
    expect((await call('POST', '/users', { username: 'eve' })).status).toBe(401);
  });

  test('the client’s key forms are one key: Bearer, Basic api, and local- before it', async () => {
    await provision('ana', 'b');
    const key = 'b'.repeat(40);
    for (const authorization of [
      `Bearer ${key}`,
      `Bearer local-${key}`,
      `Basic ${Buffer.from(`api:${key}`).toString('base64')}`,
      `Basic ${Buffer.from(`api:local-${key}`).toString('base64')}`,
    ]) {
      expect((await call('GET', '/me', undefined, { headers: { authorization } })).body.username, authorization).toBe('ana');
    }
    const other = `Basic ${Buffer.from(`user:${key}`).toString('base64')}`;
    expect((await call('GET', '/me', undefined, { headers: { authorization: other } })).status).toBe(401);
  });

  test('a removed key stops working at once here, and within 5 s where it was used a moment ago', async () => {
    const ana = await provision('ana', 'b');
    expect((await ana('GET', '/me')).status).toBe(200);
    const [key] = (await ana('GET', '/api-keys')).body.items;
    expect(key.prefix).toBe('bbbbbb');
    await root('DELETE', `/api-keys/${key.id}`);
    clock.advance(4999);
    expect((await ana('GET', '/me')).status).toBe(401);
  });

  test('an invite makes an account once, and the second visitor is told that it is used', async () => {
    const { body } = await root('POST', '/teams/acme/invites', { role: 'member', note: 'for Ana' });
    const token = body.url.split('/invite/')[1];
    expect((await call('GET', `/invites/${token}`)).body).toMatchObject({
      entity: 'acme',
      role: 'member',
      invitedBy: 'root',
      signedInAs: null,
    });
    const account = { username: 'ana', password: 'correct horse battery' };
    const accepted = await call('POST', `/invites/${token}`, account);
    expect(accepted).toMatchObject({ status: 201, body: { entity: 'acme' } });
    const me = await call('GET', '/me', undefined, { cookie: accepted.cookie! });
    expect(me.body.entities.map(({ name }: { name: string }) => name)).toEqual(['acme', 'Acme-org', 'ana']);
    expect((await root('GET', '/teams/acme/audit?what=invite.accepted')).body.items, 'who came stands as who did it').toMatchObject([
      { actor: 'ana', actorKind: 'anonymous', target: body.id, after: { role: 'member', user: 'ana' } },
    ]);
    expect((await call('POST', `/invites/${token}`, { ...account, username: 'ben' })).status).toBe(410);
    expect((await call('GET', '/invites/unknown')).status).toBe(404);
  });

  test('an invite ends after 7 days, or when it is revoked', async () => {
    const late = (await root('POST', '/teams/acme/invites', {})).body;
    const revoked = (await root('POST', '/teams/acme/invites', {})).body;
    expect((await root('GET', '/teams/acme/invites')).body.items).toHaveLength(2);
    await root('DELETE', `/teams/acme/invites/${revoked.id}`);
    expect((await call('GET', `/invites/${revoked.url.split('/invite/')[1]}`)).status).toBe(410);
    clock.advance(7 * 86_400_000);
    expect((await call('GET', `/invites/${late.url.split('/invite/')[1]}`)).status).toBe(410);
  });

  test('an invite holds only while its maker may invite', async () => {
    const ana = await provision('ana', 'b');
    await root('POST', '/teams/acme/members', { username: 'ana', role: 'admin' });
    const token = async () => (await ana('POST', '/teams/acme/invites', { role: 'admin' })).body.url.split('/invite/')[1] as string;
    const [first, second] = [await token(), await token()];
    await root('PATCH', '/teams/acme/members/ana', { role: 'member' });
    expect((await call('GET', `/invites/${first}`)).status).toBe(410);
    expect((await root('GET', '/teams/acme/invites')).body.items).toEqual([]);
    await root('PATCH', '/teams/acme/members/ana', { role: 'admin' });
    expect((await call('POST', `/invites/${first}`, { username: 'ben', password: 'correct horse battery' })).status).toBe(201);
    await root('DELETE', '/teams/acme/members/ana');
    expect((await ana('POST', `/invites/${second}`, {})).status).toBe(410);
    expect((await ana('GET', '/teams/acme')).status).toBe(404);
  });

  test('the last admin of team, organization and instance stays', async () => {
    expect((await root('DELETE', '/teams/acme/members/root')).status).toBe(409);
    expect((await root('PATCH', '/teams/acme/members/root', { role: 'member' })).status).toBe(409);
    expect((await root('DELETE', '/organizations/Acme-org/members/root')).status).toBe(409);
    expect((await root('DELETE', '/users/root')).status).toBe(409);
    expect((await root('PATCH', '/users/root', { admin: false })).status).toBe(409);
    expect((await root('PATCH', '/users/root', { disabled: true })).status).toBe(409);
    await provision('ana', 'b');
    await root('PATCH', '/users/ana', { admin: true });
    expect((await root('PATCH', '/users/root', { admin: false })).status).toBe(200);
  });

  test('leaving the organization means leaving its teams', async () => {
    const ana = await provision('ana', 'b');
    await root('POST', '/teams/acme/members', { username: 'ana', role: 'member' });
    expect((await ana('GET', '/teams/acme')).status).toBe(200);
    await root('DELETE', '/organizations/Acme-org/members/ana');
    expect((await ana('GET', '/teams/acme')).status).toBe(404);
  });

  test('a reset link sets a password once, for an hour', async () => {
    await provision('ana', 'b');
    const link = async () => (await root('POST', '/users/ana/reset-link', {})).body.url.split('/reset/')[1];
    const first = await link();
    const token = await link();
    expect((await call('GET', `/resets/${first}`)).status).toBe(410);
    expect((await call('GET', `/resets/${token}`)).body.username).toBe('ana');
    expect((await call('POST', `/resets/${token}`, { password: 'another horse battery' })).status).toBe(204);
    expect((await call('POST', '/session', { login: 'ana', password: 'another horse battery' })).status).toBe(204);
    expect((await call('POST', `/resets/${token}`, { password: 'third horse battery!' })).status).toBe(410);
    const late = await link();
    clock.advance(3_600_000);
    expect((await call('GET', `/resets/${late}`)).status).toBe(410);
  });

  test('a service account belongs to its team, works with its key, and goes when it is removed', async () => {
    const made = await root('POST', '/api-keys', { name: 'deploy', serviceAccount: { team: 'acme', name: 'acme-ci', role: 'member' } });
    expect(made.body).toMatchObject({ owner: 'acme-ci', serviceAccount: true, team: 'acme' });
    const ci = (path: string) => call('GET', path, undefined, { key: made.body.key });
    expect((await ci('/teams/acme')).body.role).toBe('member');
    expect((await root('GET', '/api-keys?team=acme')).body.items).toHaveLength(1);
    expect((await root('GET', '/api-keys')).body.items).toHaveLength(1);
    expect((await root('DELETE', '/teams/acme/members/acme-ci')).status).toBe(204);
    expect((await ci('/me')).status).toBe(401);
  });

  test('a service account gets no right that its team’s admins, who hold its keys, do not have', async () => {
    const account = { team: 'acme', name: 'bot', role: 'member' };
    const { body } = await root('POST', '/api-keys', { serviceAccount: account });
    expect((await root('PATCH', '/users/bot', { admin: true })).status).toBe(409);
    await root('POST', '/organizations', { name: 'Beta' });
    await root('POST', '/teams', { name: 'other', organization: 'Beta' });
    const invite = (await root('POST', '/teams/other/invites', { role: 'admin' })).body.url.split('/invite/')[1];
    expect((await call('POST', `/invites/${invite}`, {}, { key: body.key })).status).toBe(409);
    expect((await call('GET', '/teams/other', undefined, { key: body.key })).status).toBe(404);
  });

  test('a deleted user is gone from everywhere, and the name is free again', async () => {
    const ana = await provision('ana', 'b');
    await root('POST', '/teams/acme/members', { username: 'ana', role: 'member' });
    expect((await root('DELETE', '/users/ana')).status).toBe(204);
    expect((await ana('GET', '/me')).status).toBe(401);
    expect((await root('GET', '/teams/acme/members')).body.items).toHaveLength(1);
    expect((await root('POST', '/users', { username: 'ana', apiKey: KEY })).status).toBe(201);
    for (const apiKey of ['a'.repeat(39), 'a'.repeat(65), `${'a'.repeat(39)}!`]) {
      expect((await root('POST', '/users', { username: 'ben', apiKey })).status, apiKey).toBe(400);
    }
  });

  test('deleting a team that holds something lists it, and force takes all of it along', async () => {
    await root('POST', '/teams', { name: 'empty' });
    expect((await root('DELETE', '/teams/empty')).status).toBe(204);
    await root('POST', '/api-keys', { serviceAccount: { team: 'acme', name: 'acme-ci' } });
    expect((await root('DELETE', '/organizations/Acme-org')).status).toBe(409);
    expect((await root('DELETE', '/organizations/Acme-org?force=true')).status).toBe(204);
    expect((await root('GET', '/teams/acme')).status).toBe(404);
  });
});
