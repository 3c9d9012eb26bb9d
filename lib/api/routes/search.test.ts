import { expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { homeRoutes } from './home.ts';

describeStores('the search of everything over REST', (makeStore) => {
  test('says of an automation where it watches', async () => {
    const world = await makeWorld(await makeStore(), [...automationRoutes, ...homeRoutes]);
    const watching = (name: string, scope: object) =>
      world.call('ana', 'POST', '/automations', { name, scope, on: 'artifact.alias_added', action: { nothing: true } });
    await watching('Watch one project', { project: 'acme/vision' });
    await watching('Watch a registry', { registry: 'model' });
    await watching('Watch all of it', { team: 'acme' });
    const { items } = (await world.call('ana', 'GET', '/search?q=watch')).body;
    expect(items.map(({ title, detail }: { title: string; detail: string }) => `${title}: ${detail}`)).toEqual([
      'Watch all of it: acme',
      'Watch a registry: model',
      'Watch one project: acme/vision',
    ]);
  });
});
