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
