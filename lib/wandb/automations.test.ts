import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientServer, type GraphqlAnswer, startClientServer } from './testing/start-client-server.ts';

let server: ClientServer;
beforeAll(async () => {
  server = await startClientServer();
  await server.runtime.platform.engine.start();
  for (const name of ['a', 'b', 'c']) await rest('/api/v1/projects', { entity: 'vision', name });
});
afterAll(async () => {
  await server.runtime.platform.engine.stop();
  await server.stop();
});

async function rest(path: string, body: object) {
  const headers = { authorization: `Bearer ${'a1b2c3d4'.repeat(5)}`, 'content-type': 'application/json' };
  return (await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

const STATE = '{"run_filter":"{\\"$and\\":[]}","run_state_filter":{"states":["FAILED"]}}';
const CREATE = 'mutation C($input: CreateFilterTriggerInput!) { result: createFilterTrigger(input: $input) { trigger { id name } } }';
const UPDATE =
  'mutation U($input: UpdateFilterTriggerInput!) { result: updateFilterTrigger(input: $input) { trigger { id name enabled } } }';
const DRAFT = {
  enabled: true,
  triggeringEventType: 'RUN_STATE',
  eventFilter: STATE,
  triggeredActionType: 'NO_OP',
  triggeredActionConfig: { noOpActionInput: { noOp: true } },
};

async function projectId(name: string): Promise<string> {
  return (await server.send('query P($name: String!) { project(name: $name, entityName: "vision") { id } }', { name })).body.data.project
    .id;
}

async function create(name: string, project: string, more: object = {}) {
  const scope = { scopeType: 'PROJECT', scopeID: await projectId(project) };
  return server.send(CREATE, { input: { ...DRAFT, ...scope, name, ...more } });
}

describe('refusals', () => {
  test('a name is taken once in its place: 409', async () => {
    expect((await create('taken', 'a')).status).toBe(200);
    expect((await create('taken', 'a')).status).toBe(409);
    expect((await create('taken', 'b')).status).toBe(200);
  });

  test('what does not go together is 422, what is not there 404 on create and 422 on update', async () => {
    const refused = async (more: object) => (await create('refused', 'a', more)).status;
    expect(await refused({ triggeringEventType: 'UPDATE_ARTIFACT_ALIAS' })).toBe(422);
    expect(await refused({ triggeredActionType: 'GENERIC_WEBHOOK' })).toBe(422);
    expect(
      await refused({ triggeredActionType: 'QUEUE_JOB', triggeredActionConfig: { queueJobActionInput: { queueID: 'x', template: '{}' } } }),
    ).toBe(422);
    expect(await refused({ eventFilter: '{"$and":[]}' })).toBe(422);
    expect(await refused({ eventFilter: '{' })).toBe(422);
    expect(await refused({ scopeID: Buffer.from('Project:99999').toString('base64') })).toBe(404);
    expect(await refused({ scopeID: 'not an id' })).toBe(404);
    const { id } = (await create('to move', 'a')).body.data.result.trigger;
    const gone = Buffer.from('Project:99999').toString('base64');
    expect((await server.send(UPDATE, { input: { id, scopeType: 'PROJECT', scopeID: gone } })).status).toBe(422);
    expect((await server.send(UPDATE, { input: { id: Buffer.from('Trigger:99999').toString('base64'), name: 'x' } })).status).toBe(404);
  });

  test('a personal space is no scope', async () => {
    const { id } = (await server.send('{ entity(name: "ana") { id } }')).body.data.entity;
    const answer = await create('personal', 'a', { scopeType: 'ENTITY', scopeID: id });
    expect([answer.status, answer.body.errors[0].message]).toEqual([422, expect.stringContaining('personal space')]);
  });

  test('a field that is unknown in an input is 400', async () => {
    expect((await create('x', 'a', { nonsense: 1 })).status).toBe(400);
  });
});

describe('walking the projects, as older clients do', () => {
  const WALK = `query W($cursor: String, $perPage: Int) { scope: viewer { projects(after: $cursor, first: $perPage) {
    pageInfo { endCursor hasNextPage } edges { node { ...T } } } } }
    fragment T on Project { __typename triggers { id name } } SCOPES`;
  const ENTITY = 'fragment E on Entity { id }';

  async function pages(document: string, perPage: number) {
    const found: string[][] = [];
    let cursor: string | null = null;
    for (;;) {
      const answer: GraphqlAnswer = await server.send(document, { cursor, perPage });
      const { projects } = answer.body.data.scope;
      found.push(projects.edges.flatMap(({ node }: { node: { triggers: { name: string }[] } }) => node.triggers.map(({ name }) => name)));
      cursor = projects.pageInfo.endCursor;
      if (!projects.pageInfo.hasNextPage) return found;
    }
  }

  test('no page is empty while there is more, and a team’s own automations come where the client can read them', async () => {
    await create('in b', 'b');
    const { id } = (await server.send('{ entity(name: "vision") { id } }')).body.data.entity;
    await create('of the team', 'a', { scopeType: 'ENTITY', scopeID: id });
    const withTeam = await pages(WALK.replace('SCOPES', ENTITY), 1);
    expect(withTeam.every((names) => names.length > 0)).toBe(true);
    expect(withTeam[0]).toEqual(['of the team']);
    expect(withTeam[1]).toEqual(['taken', 'in b']);
    expect((await pages(WALK.replace('SCOPES', ''), 50)).flat()).not.toContain('of the team');
  });

  test('a document that asks for more of the projects gets all of them', async () => {
    const { body } = await server.send('{ viewer { projects(first: 50) { edges { node { name triggers { name } } } } } }');
    expect(body.data.viewer.projects.edges.map(({ node }: { node: { name: string } }) => node.name)).toContain('c');
  });

  test('a team’s list takes an exact name, and refuses what it cannot filter by', async () => {
    const list = (filters: string) =>
      server.send('query L($f: JSONString) { entity(name: "vision") { triggers(filters: $f) { edges { node { name } } } } }', {
        f: filters,
      });
    expect((await list('{"name":"in b"}')).body.data.entity.triggers.edges).toEqual([{ node: { name: 'in b' } }]);
    expect((await list('{"enabled":true}')).status).toBe(422);
    expect((await list('[')).status).toBe(422);
  });
});

test('what an automation has done is listed newest first, with event, action and result', async () => {
  const { id } = (await create('did something', 'c')).body.data.result.trigger;
  await rest('/api/v1/projects/vision/c/events', { type: 'run.state', run: { id: 'r1', name: 'swift-fox', state: 'failed' } });
  const { body } = await server.send(
    `query X($id: ID!) { triggerExecutions(triggerID: $id, first: 5) { totalCount pageInfo { hasNextPage } edges { node {
      triggerID triggerName state event { eventType data { ... on RunStateEventDetails { runName projectName entityName newRunState } } }
      action { actionType data { ... on NoOpActionArgs { noOp } } } scope { ... on Project { name } } } } } }`,
    { id },
  );
  expect(body.data.triggerExecutions).toMatchObject({
    totalCount: 1,
    pageInfo: { hasNextPage: false },
    edges: [
      {
        node: {
          triggerID: id,
          triggerName: 'did something',
          event: { eventType: 'RUN_STATE', data: { runName: 'swift-fox', projectName: 'c', entityName: 'vision', newRunState: 'FAILED' } },
          action: { actionType: 'NO_OP', data: { noOp: true } },
          scope: { name: 'c' },
        },
      },
    ],
  });
});
