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
