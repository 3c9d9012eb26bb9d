import { expect, test } from 'vitest';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { listEvents } from '#lib/store/events.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from './testing.ts';

const create = (aliases: string[] = [], tags: string[] = []) => ({
  type: 'artifact.created',
  artifact: { collection: 'detector', type: 'model', metadata: { accuracy: 0.9 }, aliases, tags },
});
const link = { type: 'artifact.linked', artifact: { collection: 'detector', version: 0 }, to: { registry: 'model', collection: 'fraud' } };

async function eventsOf(world: World, entityId = world.team.id): Promise<TrackedEvent[]> {
  return (await listEvents(world.db, { entityId }, { limit: 100 })).reverse();
}

const words = (event: TrackedEvent) => {
  if (event.type === 'artifact.alias_added') return `${event.type} ${event.alias} on v${event.artifact.versionIndex}`;
  if (event.type === 'artifact.tag_added' || event.type === 'artifact.tag_removed') return `${event.type} ${event.tag}`;
  return event.type;
};

describeStores('artifacts', (makeStore) => {
  test('a version brings its creation, then each alias, `latest` included, and each tag', async () => {
    const world = await makeWorld(await makeStore());
    await world.send([create(['candidate'], ['eu']), create()]);
    const events = await eventsOf(world);
    expect(events.map(words)).toEqual([
      'artifact.created',
      'artifact.alias_added latest on v0',
      'artifact.alias_added candidate on v0',
      'artifact.tag_added eu',
      'artifact.created',
      'artifact.alias_added latest on v1',
    ]);
    expect(events[0]).toMatchObject({
      author: 'ana',
      place: { project: 'vision', collection: 'detector', organizationEntityId: world.organization.id },
      artifact: { versionIndex: 0, aliases: ['latest', 'candidate'], tags: ['eu'], metadata: { accuracy: 0.9 }, type: 'model' },
    });
  });

  test('an alias or a tag that is named twice with a version is one event', async () => {
    const world = await makeWorld(await makeStore());
    await world.send(create(['candidate', 'candidate'], ['eu', 'eu']));
    expect((await eventsOf(world)).map(words)).toEqual([
      'artifact.created',
      'artifact.alias_added latest on v0',
      'artifact.alias_added candidate on v0',
      'artifact.tag_added eu',
    ]);
  });

  test('an alias that the version has already is no event; one that moves is', async () => {
    const world = await makeWorld(await makeStore());
    await world.send([create(['production']), create()]);
    const put = (version: number) => ({ type: 'artifact.alias_added', artifact: { collection: 'detector', version }, alias: 'production' });
    await world.send([put(0), put(1), put(1)]);
    const added = (await eventsOf(world)).filter((event) => event.type === 'artifact.alias_added' && event.alias === 'production');
    expect(added.map(words)).toEqual(['artifact.alias_added production on v0', 'artifact.alias_added production on v1']);
    await world.send({ ...put(1), type: 'artifact.alias_removed' });
    await world.send(put(1));
    expect((await eventsOf(world)).at(-1)).toMatchObject({ alias: 'production' });
  });

  test.each(['automations', 'settings'])('no collection of a registry is called %s, because that is a page there', async (collection) => {
    const world = await makeWorld(await makeStore());
    await world.send(create());
    const linked = world.send({ ...link, to: { ...link.to, collection } });
    await expect(linked).rejects.toMatchObject({ code: 'invalid', issues: [{ path: ['to', 'collection'] }] });
  });

  test('linking happens in the registry, with the source named, and fires for registry, collection and organization', async () => {
    const world = await makeWorld(await makeStore());
    const { organization, registry } = world;
    await world.automate('artifact.linked', { scope: { kind: 'registry', entityId: organization.id, projectId: registry.id } });
    await world.automate('artifact.linked', { scope: { kind: 'organization', entityId: organization.id } });
    await world.automate('artifact.linked'); // the source project
    await world.send([create(), { ...link, aliases: ['staging'] }]);
    const events = await eventsOf(world, organization.id);
    expect(events.map(words)).toEqual(['artifact.linked', 'artifact.alias_added latest on v0', 'artifact.alias_added staging on v0']);
    expect(events[0]).toMatchObject({
      place: { project: 'wandb-registry-model', collection: 'fraud', isRegistry: true },
      artifact: { collection: 'fraud', versionIndex: 0, source: { project: 'vision', collection: 'detector', versionIndex: 0 } },
    });
    expect((await world.readExecutions()).map((row) => row.entity_id)).toEqual([organization.id, organization.id]);
  });

  test('linking again makes no second link; unlinking shows the aliases that were there', async () => {
    const world = await makeWorld(await makeStore());
    await world.send([create(), link, link]);
    await world.send({
      type: 'artifact.alias_added',
      artifact: { registry: 'model', collection: 'fraud', version: 0 },
      alias: 'production',
    });
    await world.send({ type: 'artifact.unlinked', artifact: { registry: 'model', collection: 'fraud', version: 0 } });
    const events = await eventsOf(world, world.organization.id);
    expect(events.map(words)).toEqual([
      'artifact.linked',
      'artifact.alias_added latest on v0',
      'artifact.alias_added production on v0',
      'artifact.unlinked',
    ]);
    expect(events.at(-1)).toMatchObject({ artifact: { aliases: ['latest', 'production'] } });
    await expect(
      world.send({ type: 'artifact.unlinked', artifact: { registry: 'model', collection: 'fraud', version: 0 } }),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('a type that the registry does not accept, or a collection of another type, is refused', async () => {
    const world = await makeWorld(await makeStore());
    const dataset = { type: 'artifact.created', artifact: { collection: 'images', type: 'dataset' } };
    await world.send([create(), dataset]);
    await expect(world.send({ ...link, artifact: { collection: 'images', version: 0 } })).rejects.toThrow(
      /does not accept artifacts of type "dataset"/,
    );
    await expect(world.send({ ...dataset, artifact: { collection: 'detector', type: 'dataset' } })).rejects.toThrow(
      /holds artifacts of type "model"/,
    );
  });

  test('tags of versions and collections are events when they change something', async () => {
    const world = await makeWorld(await makeStore());
    const artifact = { collection: 'detector', version: 0 };
    await world.send([
      create(),
      { type: 'artifact.tag_added', artifact, tag: 'eu' },
      { type: 'artifact.tag_added', artifact, tag: 'eu' },
      { type: 'artifact.tag_removed', artifact, tag: 'eu' },
      { type: 'artifact.tag_removed', artifact, tag: 'eu' },
      { type: 'collection.tag_added', artifact: { collection: 'detector' }, tag: 'vision' },
      { type: 'collection.tag_added', artifact: { collection: 'detector' }, tag: 'vision' },
      { type: 'collection.tag_removed', artifact: { collection: 'detector' }, tag: 'vision' },
    ]);
    const events = (await eventsOf(world)).slice(2);
    expect(events.map(words)).toEqual([
      'artifact.tag_added eu',
      'artifact.tag_removed eu',
      'collection.tag_added',
      'collection.tag_removed',
    ]);
    expect(events[2]).toMatchObject({ collection: { name: 'detector', tags: ['vision'] } });
  });

  test('a place that the sender may not write to is refused, and nothing is written', async () => {
    const world = await makeWorld(await makeStore());
    const sender = {
      username: 'eve',
      userId: null,
      requireWrite: async () => {
        throw new Error('no');
      },
    };
    await world.send(create());
    const linked = world.engine.ingest.ingestEvents({
      sender,
      entityId: world.team.id,
      project: 'vision',
      documents: [link] as never,
      isList: false,
    });
    await expect(linked).rejects.toThrow('no');
    expect(await eventsOf(world, world.organization.id)).toEqual([]);
  });

  test('a team’s events never reach another team’s automations', async () => {
    const store = await makeStore();
    const world = await makeWorld(store);
    const other = await makeWorld(store);
    await other.automate('artifact.created', { scope: { kind: 'team', entityId: other.team.id } });
    await world.automate('artifact.created', { scope: { kind: 'team', entityId: world.team.id } });
    await world.send(create());
    expect(await other.readExecutions()).toEqual([]);
    expect(await world.readExecutions()).toHaveLength(1);
  });
});
