import { beforeAll, expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';
import { projectRoutes } from './projects.ts';

const rule = (scope: object) => ({ name: 'Failed', scope, on: 'run.state', filter: { states: ['failed'] }, action: { nothing: true } });

describeStores('what strangers are told', (makeStore) => {
  let world: World;
  let execution: string;
  beforeAll(async () => {
    world = await makeWorld(await makeStore(), [...automationRoutes, ...eventRoutes, ...executionRoutes, ...projectRoutes]);
    expect((await world.call('jonas', 'POST', '/automations', rule({ project: 'acme/vision' }))).body.id).toBe('aut_1');
    const sent = await world.call('jonas', 'POST', '/projects/acme/vision/events', [
      { type: 'run.state', run: { id: 'r1', state: 'failed' } },
      { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } },
    ]);
    execution = sent.body.executions[0];
  });

  /** What a stranger reads, with the id that he gave left out. */
  async function answer(method: string, address: string, body?: unknown) {
    const { status, body: said } = await world.call('mallory', method, address, body);
    return { status, message: said.error.message.replaceAll(/aut_\d+|exe_\w+|"[^"]+"/g, '…') };
  }

  test.each([
    ['GET', '', undefined],
    ['PATCH', '', { name: 'Mine' }],
    ['DELETE', '', undefined],
    ['POST', '/run', {}],
  ] as const)(
    '%s of another team’s automation%s reads as if there were none, and does not tell whose it is',
    async (method, tail, body) => {
      const there = await answer(method, `/automations/aut_1${tail}`, body);
      expect(there).toEqual({ status: 404, message: 'The automation … was not found, or you may not see it.' });
      expect(there).toEqual(await answer(method, `/automations/aut_999${tail}`, body));
    },
  );

  test.each([
    ['GET', '', undefined],
    ['POST', '/replay', {}],
    ['POST', '/send-now', undefined],
  ] as const)('%s of another team’s execution%s does neither', async (method, tail, body) => {
    const there = await answer(method, `/executions/${execution}${tail}`, body);
    expect(there).toEqual({ status: 404, message: 'The execution … was not found, or you may not see it.' });
    expect(there).toEqual(await answer(method, `/executions/exe_none${tail}`, body));
  });

  test('projects and scopes of others cannot be told from those that are not there', async () => {
    expect(await answer('GET', '/projects/acme/vision')).toEqual(await answer('GET', '/projects/acme/nothing'));
    for (const [there, nowhere] of [
      [{ project: 'acme/vision' }, { project: 'acme/nothing' }],
      [{ collection: 'acme/vision/detector' }, { collection: 'acme/nothing/detector' }],
      [{ registry: 'acme-org/model' }, { registry: 'acme-org/nothing' }],
      [{ team: 'acme' }, { team: 'nobody' }],
    ]) {
      expect(await answer('POST', '/automations', rule(there!))).toEqual(await answer('POST', '/automations', rule(nowhere!)));
    }
  });

  test('text that no database can hold is refused where it stands, and nothing of the batch is taken', async () => {
    const fine = { type: 'run.state', run: { id: 'r7', state: 'failed' } };
    for (const name of ['x\0y', '\ud800']) {
      const { status, body } = await world.call('jonas', 'POST', '/projects/acme/vision/events', [
        fine,
        { ...fine, run: { ...fine.run, name } },
      ]);
      expect([status, body.error.issues[0].path]).toEqual([400, [1, 'run', 'name']]);
    }
    expect((await world.call('jonas', 'GET', '/automations?q=%00')).status).toBe(400);
    expect((await world.call('jonas', 'GET', '/projects/acme/%00')).status).toBe(404);
    expect((await world.call('jonas', 'GET', '/projects/acme/vision/runs/r7')).status).toBe(404);
  });
});
