import { beforeAll, expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { eventRoutes } from './events.ts';
import { homeRoutes } from './home.ts';
import { registryRoutes } from './registries.ts';

describeStores('what a closed registry tells those who may not see it', (makeStore) => {
  let world: World;

  beforeAll(async () => {
    world = await makeWorld(await makeStore(), [
      ...automationRoutes,
      ...deadLetterRoutes,
      ...eventRoutes,
      ...homeRoutes,
      ...registryRoutes,
    ]);
    await world.webhook(world.entities.acme, 'nowhere'); // a host that there is none of
    const post = async (path: string, body: unknown) => {
      const { status, text } = await world.call('ana', 'POST', path, body);
      expect(status, text ?? '').toBeLessThan(300);
    };
    await post('/registries', { name: 'closed', organization: 'acme-org', visibility: 'restricted' });
    for (const [name, scope] of [
      ['Secret launch', { registry: 'closed' }],
      ['Open launch', { registry: 'model' }],
    ] as const) {
      const action = { webhook: 'nowhere' };
      await post('/automations', { name, scope, on: 'artifact.linked', filter: {}, team: 'acme', action, retry: { delaysSeconds: [0] } });
    }
    const artifact = { collection: 'detector', version: 0 };
    await post('/projects/acme/vision/events', [
      { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } },
      { type: 'artifact.linked', artifact, to: { registry: 'closed', collection: 'fraud' } },
      { type: 'artifact.linked', artifact, to: { registry: 'model', collection: 'fraud' } },
    ]);
    await world.platform.engine.worker.idle();
  });

  const homeOf = async (who: string) => (await world.call(who, 'GET', '/home')).body;
  const titles = ({ attention }: { attention: { title: string }[] }) => attention.map(({ title }) => title).toSorted();

  test('home: an admin sees what failed in every registry of the organization', async () => {
    const home = await homeOf('ana');
    expect(titles(home)).toEqual(['1 execution of Open launch given up', '1 execution of Secret launch given up']);
    expect(home.week).toEqual({ fired: 2, delivered: 0, failed: 2, automations: 2 });
  });

  test('home: a member sees and counts nothing of a registry that is closed to them', async () => {
    const home = await homeOf('olga');
    expect(titles(home)).toEqual(['1 execution of Open launch given up']);
    expect(home.week).toEqual({ fired: 1, delivered: 0, failed: 1, automations: 1 });
    expect(JSON.stringify(home)).not.toContain('Secret');
  });

  test('replays: one of its automation alone is told of without the automation’s name', async () => {
    const automations = (await world.call('ana', 'GET', '/automations')).body.items;
    const { id } = automations.find(({ name }: { name: string }) => name === 'Secret launch');
    const body = { automation: id, since: new Date(world.platform.now() - 60_000).toISOString() };
    expect((await world.call('ana', 'POST', '/replays', body)).status).toBeLessThan(300);
    const wordsFor = async (who: string) => (await world.call(who, 'GET', '/replays')).body.items[0].narrowedTo;
    expect([await wordsFor('ana'), await wordsFor('olga')]).toEqual(['only Secret launch', `only ${id}`]);
  });
});
