import { expect, test } from 'vitest';
import { takeSignInAttempt } from '#lib/auth/sign-in-limits.ts';
import { handSetClock, PUBLIC_URL, testPlatform } from '#lib/services/testing.ts';
import { describeStores } from '#lib/store/testing.ts';
import { testApi } from '../testing.ts';

const ADMIN = { organization: 'Acme', username: 'ana', password: 'correct horse battery', team: 'acme', registries: true };
const HERE = { directLoopback: true };

describeStores('setup and sessions', (makeStore) => {
  const start = async (overrides = {}) => {
    const clock = handSetClock();
    const platform = testPlatform(await makeStore(), clock, overrides);
    return { platform, clock, call: testApi(platform) };
  };

  test('the first setup makes organization, admin, team and registries, signs the admin in, and is gone afterwards', async () => {
    const { call } = await start();
    expect((await call('GET', '/setup', undefined, HERE)).body).toEqual({ tokenNeeded: false });

    const done = await call('POST', '/setup', ADMIN, HERE);
    expect(done).toMatchObject({ status: 201, body: { team: 'acme', organization: 'Acme-org' } });
    const me = await call('GET', '/me', undefined, { cookie: done.cookie! });
    expect(me.body).toMatchObject({ username: 'ana', instanceAdmin: true });
    expect(me.body.entities.map((entity: { name: string; role: string }) => `${entity.name}:${entity.role}`)).toEqual([
      'acme:admin',
      'Acme-org:admin',
      'ana:admin',
    ]);

    expect((await call('GET', '/setup', undefined, HERE)).status).toBe(404);
    expect((await call('POST', '/setup', ADMIN, HERE)).status).toBe(404);
  });

  test('from elsewhere, setup needs the printed token', async () => {
    const { call, platform } = await start();
    expect((await call('GET', '/setup')).body).toEqual({ tokenNeeded: true });
    expect((await call('POST', '/setup', ADMIN)).status).toBe(403);
    expect((await call('POST', '/setup', { ...ADMIN, token: 'guess' })).status).toBe(403);
    expect((await call('POST', '/setup', { ...ADMIN, token: platform.setup.token })).status).toBe(201);
  });

  test('with a public URL the token is needed on this machine too', async () => {
    const { call } = await start({ setup: { token: 'printed', openToLoopback: false } });
    expect((await call('POST', '/setup', ADMIN, HERE)).status).toBe(403);
  });

  test('of two setups at once one wins and the other finds no page', async () => {
    const { call } = await start();
    const answers = await Promise.all([
      call('POST', '/setup', ADMIN, HERE),
      call('POST', '/setup', { ...ADMIN, organization: 'Other', username: 'ben', team: 'other' }, HERE),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404]);
  });

  test('sign-in takes user name or e-mail, whatever the case; sign-out ends the session', async () => {
    const { call } = await start();
    await call('POST', '/setup', { ...ADMIN, email: 'Ana@example.com' }, HERE);
    for (const login of ['ANA', 'ana@EXAMPLE.com']) {
      const { status, cookie, headers } = await call('POST', '/session', { login, password: ADMIN.password });
      expect(status).toBe(204);
      expect(headers['set-cookie']).toMatch(/; HttpOnly; SameSite=Lax$/);
      expect((await call('GET', '/session', undefined, { cookie: cookie! })).body).toEqual({ username: 'ana' });
      await call('DELETE', '/session', undefined, { cookie: cookie! });
      expect((await call('GET', '/me', undefined, { cookie: cookie! })).status).toBe(401);
    }
  });

  test('nobody takes the addresses by which accounts without an e-mail sign in', async () => {
    const { platform } = await start();
    const logged: unknown[] = [];
    const call = testApi(platform, logged);
    const { cookie } = await call('POST', '/setup', ADMIN, HERE);
    for (const email of ['ben@users.invalid', 'Nobody@USERS.invalid', 'no.body@users.invalid']) {
      const refused = await call('PATCH', '/me', { email }, { cookie: cookie! });
      expect([email, refused.status, refused.body.error?.issues?.[0]?.path]).toEqual([email, 400, ['email']]);
    }
    // A user may have the very name that an attempt for nobody is made under.
    const { password } = ADMIN;
    const invite = await call('POST', '/teams/acme/invites', { role: 'member' }, { cookie: cookie! });
    const account = { username: 'nobody', password: `${password} of nobody` };
    expect((await call('POST', `/invites/${invite.body.url.split('/invite/')[1]}`, account)).status).toBe(201);
    expect((await call('POST', '/session', { login: 'is-not-there', password: account.password })).status).toBe(401);
    expect((await call('POST', '/session', { login: 'nobody', password: account.password })).status).toBe(204);
    expect(logged).toEqual([]);
  });

  test('five failures a minute close an account, with one answer for a wrong password and for nobody', async () => {
    const { call, clock } = await start();
    await call('POST', '/setup', ADMIN, HERE);
    const attempt = (login: string, password: string, address = '203.0.113.7') =>
      call('POST', '/session', { login, password }, { address });
    const nobody = await attempt('zoe', 'wrong password');
    const wrong = await attempt('ana', 'wrong password');
    expect(wrong.status).toBe(401);
    expect(wrong.body.error.message).toBe(nobody.body.error.message);
    for (let count = 0; count < 4; count++) await attempt('ana', 'wrong password');

    const closed = await attempt('ana', ADMIN.password);
    expect(closed.status).toBe(429);
    expect(Number(closed.headers['retry-after'])).toBeGreaterThan(0);
    clock.advance(61_000);
    expect((await attempt('ana', ADMIN.password)).status).toBe(204);
  });

  test('thirty failures a minute close an address, whoever they were for', async () => {
    const { call, platform, clock } = await start();
    await call('POST', '/setup', ADMIN, HERE);
    const address = '203.0.113.7';
    for (let count = 0; count < 30; count++) await takeSignInAttempt(platform.db, `u${count}`, address, clock.now());
    expect((await call('POST', '/session', { login: 'ana', password: ADMIN.password }, { address })).status).toBe(429);
    expect((await call('POST', '/session', { login: 'ana', password: ADMIN.password }, { address: '203.0.113.8' })).status).toBe(204);
  });

  test('a change by cookie is refused from another origin and without JSON', async () => {
    const { call } = await start();
    const { cookie } = await call('POST', '/setup', ADMIN, HERE);
    const patch = (headers: Record<string, string>) => call('PATCH', '/me', { name: 'Ana' }, { cookie: cookie!, headers });
    expect((await patch({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await patch({ 'content-type': 'text/plain' })).status).toBe(403);
    expect((await patch({})).status).toBe(200);
  });

  test('signing in under another host name is refused, naming the variable', async () => {
    const { call } = await start();
    await call('POST', '/setup', ADMIN, HERE);
    const refused = await call('POST', '/session', { login: 'ana', password: ADMIN.password }, { headers: { host: 'evil.example' } });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('HOOKLINE_PUBLIC_URL');
  });

  test('a new password ends the other sessions, and only the new one signs in', async () => {
    const { call } = await start();
    const { cookie: first } = await call('POST', '/setup', ADMIN, HERE);
    const { cookie: second } = await call('POST', '/session', { login: 'ana', password: ADMIN.password });
    const change = (current: string) => call('PUT', '/me/password', { current, password: 'another horse battery' }, { cookie: second! });
    expect((await change('wrong horse battery')).status).toBe(400);
    expect((await change(ADMIN.password)).status).toBe(204);
    expect((await call('GET', '/me', undefined, { cookie: first! })).status).toBe(401);
    expect((await call('GET', '/me', undefined, { cookie: second! })).status).toBe(200);
    expect((await call('POST', '/session', { login: 'ana', password: ADMIN.password })).status).toBe(401);
    expect((await call('POST', '/session', { login: 'ana', password: 'another horse battery' })).status).toBe(204);
  });

  test('no path of better-auth answers', async () => {
    const { call } = await start();
    const { createBetterAuth } = await import('#lib/auth/better-auth.ts');
    const { api } = createBetterAuth({ db: (await makeStore()).db, secret: 's'.repeat(40), publicUrl: PUBLIC_URL });
    const paths = Object.values(api).flatMap((endpoint) =>
      'path' in endpoint && typeof endpoint.path === 'string' ? [endpoint.path] : [],
    );
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      for (const address of [path, `/auth${path}`, `/..${path}`]) expect((await call('POST', address)).status, address).toBe(404);
    }
  });
});
