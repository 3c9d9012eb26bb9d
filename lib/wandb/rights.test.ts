import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, basic, type ClientServer, startClientServer } from './testing/start-client-server.ts';

const GUEST = 'guest'.padEnd(40, '0');

let server: ClientServer;
beforeAll(async () => {
  server = await startClientServer();
  await server.runtime.platform.engine.start();
  await rest('/users', { username: 'guest', apiKey: GUEST });
  await rest('/projects', { entity: 'vision', name: 'p' });
});
afterAll(async () => {
  await server.runtime.platform.engine.stop();
  await server.stop();
});

async function rest(path: string, body: object, key = ADMIN_KEY) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

async function ask(key: string, query: string, variables: object = {}) {
  const { status, body } = await server.post(JSON.stringify({ query, variables }), { authorization: basic(key) });
  return { status, data: body.data, message: body.errors?.[0]?.message as string | undefined };
}

const versionId = (number: number) => Buffer.from(`Artifact:${number}`).toString('base64');

test('who sees a version without the right to its files gets none by linking it to a project of their own', async () => {
  await rest('/registries', { name: 'closed', organization: 'Acme', visibility: 'restricted' });
  await rest('/organizations/Acme/members', { username: 'guest', role: 'viewer' });
  await rest('/registries/closed/members', { kind: 'user', name: 'guest', role: 'restricted_viewer' });
  await rest('/projects/vision/p/events', [
    { type: 'artifact.created', artifact: { collection: 'net', type: 'model' } },
    { type: 'artifact.linked', artifact: { collection: 'net', version: 0 }, to: { registry: 'closed', collection: 'nets' } },
  ]);
  await rest('/projects', { entity: 'guest', name: 'mine' }, GUEST);

  const link = (key: string) =>
    ask(key, 'mutation L($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }', {
      input: { artifactID: versionId(1), artifactPortfolioName: 'copies', entityName: 'guest', projectName: 'mine', aliases: [] },
    });
  expect(await ask(GUEST, 'query A($id: ID!) { artifact(id: $id) { id } }', { id: versionId(1) })).toMatchObject({ status: 200 });
  expect(await link(GUEST)).toMatchObject({ status: 403, message: expect.stringContaining('download') });
});

test('the id by which a client knows its version opens nothing in another’s project', async () => {
  const create = (key: string, entityName: string, projectName: string) =>
    ask(key, 'mutation C($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id metadata digest } } }', {
      input: {
        entityName,
        projectName,
        artifactTypeName: 'model',
        artifactCollectionName: 'drafts',
        digest: `digest of ${entityName}`,
        digestAlgorithm: 'MANIFEST_MD5',
        metadata: JSON.stringify({ of: entityName }),
        clientID: 'the-same-client-id',
      },
    });
  const own = await create(ADMIN_KEY, 'vision', 'p');
  const foreign = await create(GUEST, 'guest', 'mine');
  expect(foreign.data.createArtifact.artifact).toMatchObject({ digest: 'digest of guest', metadata: '{"of":"guest"}' });
  expect(foreign.data.createArtifact.artifact.id).not.toBe(own.data.createArtifact.artifact.id);
  // Each finds its own again.
  expect((await create(ADMIN_KEY, 'vision', 'p')).data).toEqual(own.data);
  expect((await create(GUEST, 'guest', 'mine')).data).toEqual(foreign.data);
  const mapped = async (key: string) => (await ask(key, '{ clientIDMapping(clientID: "the-same-client-id") { serverID } }')).data;
  expect(await mapped(GUEST)).toEqual({ clientIDMapping: { serverID: foreign.data.createArtifact.artifact.id } });
  expect(await mapped(ADMIN_KEY)).toEqual({ clientIDMapping: { serverID: own.data.createArtifact.artifact.id } });
});

test('what is asked for by its number and not seen is not found, without the name of whom it belongs to', async () => {
  const stranger = 'stranger'.padEnd(40, '0');
  await rest('/users', { username: 'stranger', apiKey: stranger });
  await rest('/teams/vision/webhooks', { name: 'hook', url: 'https://hooks.example/x' });
  const made = await rest('/api-keys', { name: 'bot', serviceAccount: { team: 'vision', name: 'vision-bot' } });
  const run = await ask(ADMIN_KEY, 'mutation U($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }', {
    input: { entityName: 'vision', modelName: 'p', name: 'r' },
  });
  const id = (type: string, number = 1) => Buffer.from(`${type}:${number}`).toString('base64');
  const trigger = (scopeType: string, scopeID: string, integrationID: string) =>
    ask(stranger, 'mutation T($input: CreateFilterTriggerInput!) { createFilterTrigger(input: $input) { trigger { id } } }', {
      input: {
        name: 'x',
        enabled: true,
        scopeType,
        scopeID,
        triggeringEventType: 'RUN_STATE',
        eventFilter: '{"run_filter":"{\\"$and\\":[]}","run_state_filter":{"states":["FAILED"]}}',
        triggeredActionType: 'GENERIC_WEBHOOK',
        triggeredActionConfig: { genericWebhookActionInput: { integrationID } },
      },
    });
  const { data } = await ask(ADMIN_KEY, '{ entity(name: "vision") { id } project(name: "p", entityName: "vision") { id } }');
  const mine = await rest('/projects', { entity: 'stranger', name: 'own' }, stranger);
  expect(mine.status).toBe(201);
  const { data: own } = await ask(stranger, '{ project(name: "own", entityName: "stranger") { id } }');
  const files = [{ artifactID: id('Artifact'), name: 'x', md5: '1B2M2Y8AsgTpgAmY7PhCfg==' }];
  const answers = [
    await ask(stranger, 'query A($id: ID!) { artifact(id: $id) { id } }', { id: id('Artifact') }),
    await ask(stranger, 'query C($id: ID!) { artifactCollection(id: $id) { id } }', { id: id('ArtifactCollection') }),
    await ask(stranger, 'mutation C($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }', { id: id('Artifact') }),
    await ask(
      stranger,
      'mutation F($files: [CreateArtifactFileSpecInput!]!) { createArtifactFiles(input: { artifactFiles: $files, storageLayout: V2 }) { files { edges { node { id } } } } }',
      { files },
    ),
    await ask(stranger, 'mutation S($id: ID!) { stopRun(input: { id: $id }) { success } }', { id: run.data.upsertBucket.bucket.id }),
    await trigger('PROJECT', data.project.id, id('Integration')),
    await trigger('ENTITY', data.entity.id, id('Integration')),
    await trigger('ARTIFACT_COLLECTION', id('ArtifactCollection'), id('Integration')),
    await trigger('PROJECT', own.project.id, id('Integration')),
    await ask(stranger, 'mutation D($id: String!) { deleteApiKey(input: { id: $id }) { success } }', {
      id: id('ApiKey', Number(made.body.id.slice('key_'.length))),
    }),
  ];
  for (const { status, message } of answers) {
    expect([status, message]).toEqual([404, expect.stringMatching(/^(The|What) .*not found/)]);
    expect(message).not.toContain('vision');
  }
});

test('a name that is taken and one that is free read the same to who sees neither', async () => {
  const stranger = 'stranger'.padEnd(40, '0');
  const said = async (name: string) => {
    const get = (path: string) =>
      fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${stranger}` } }).then((answer) => answer.json());
    const answers = [
      await get(`/teams/${name}`),
      await get(`/teams/${name}/members`),
      await get(`/organizations/${name}`),
      await get(`/projects?entity=${name}`),
      (await rest('/projects', { entity: name, name: 'x' }, stranger)).body,
      (await rest(`/projects/${name}/x/events`, { type: 'run.state', run: { id: 'r', state: 'failed' } }, stranger)).body,
      await ask(stranger, 'mutation U($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }', {
        input: { entityName: name, modelName: 'p', name: 'r' },
      }),
    ];
    return JSON.stringify(answers)
      .replaceAll(/req_\w+/g, '…')
      .replaceAll(name, '…');
  };
  expect(await said('VISION')).toBe(await said('nobody-has-this'));
  expect(await said('guest')).toBe(await said('nobody-has-this'));
});
