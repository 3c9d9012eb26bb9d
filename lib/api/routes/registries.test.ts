import { beforeEach, expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { memberRoutes } from './members.ts';
import { registryRoutes } from './registries.ts';

describeStores('registries', (makeStore) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(await makeStore(), [...registryRoutes, ...memberRoutes]);
  });

  test('the list goes on where a page ended', async () => {
    for (const name of ['alpha', 'zeta']) await world.call('ana', 'POST', '/registries', { name });
    const first = await world.call('ana', 'GET', '/registries?limit=2');
    expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(['alpha', 'model']);
    const second = await world.call('ana', 'GET', `/registries?limit=2&after=${first.body.next}`);
    expect(second.body).toEqual({ items: [expect.objectContaining({ name: 'zeta' })] });
  });

  test('a role of its own is for members of the organization; of others not even the names are told', async () => {
    const give = (kind: string, name: string) => world.call('ana', 'POST', '/registries/model/members', { kind, name, role: 'viewer' });
    expect((await give('user', 'olga')).status).toBe(201);
    expect((await give('team', 'acme')).status).toBe(201);
    for (const [kind, outsider] of [
      ['user', 'mallory'],
      ['user', 'nobody'],
      ['team', 'rival'],
      ['team', 'nothing'],
    ] as const) {
      const { status, body } = await give(kind, outsider);
      expect([status, body.error.issues]).toEqual([
        400,
        [{ path: ['name'], message: `There is no ${kind} "${outsider}" in acme-org. A registry’s roles are for its organization.` }],
      ]);
    }
  });

  test('who leaves the organization loses the role in its registries, and does not get it back by returning', async () => {
    await world.call('ana', 'POST', '/registries/model/members', { kind: 'user', name: 'olga', role: 'admin' });
    const seen = async () => (await world.call('olga', 'GET', '/registries/model?organization=acme-org')).body.role;
    expect(await seen()).toBe('admin');
    expect((await world.call('ana', 'DELETE', '/organizations/acme-org/members/olga')).status).toBe(204);
    expect(await seen()).toBeUndefined();
    await world.call('ana', 'POST', '/organizations/acme-org/members', { username: 'olga', role: 'viewer' });
    expect(await seen()).toBe('viewer');
  });
});
