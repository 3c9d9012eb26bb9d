import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld } from '../testing-world.ts';
import { projectRoutes } from './projects.ts';
import { registryRoutes } from './registries.ts';

describeStores('lists of projects and registries over REST', (makeStore) => {
  test('are narrowed to an owner however the name is written, as in addresses', async () => {
    const world = await makeWorld(await makeStore(), [...projectRoutes, ...registryRoutes]);
    const namesAt = async (path: string) => (await world.call('vera', 'GET', path)).body.items.map(({ name }: { name: string }) => name);
    expect(await namesAt('/projects?entity=ACME')).toEqual(['vision']);
    expect(await namesAt('/projects?entity=rival')).toEqual([]);
    expect(await namesAt('/registries?organization=Acme-Org')).toEqual(['model']);
  });
});
