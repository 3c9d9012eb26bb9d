import { beforeAll, describe, expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';

const threshold = { metric: { name: 'val/loss', aggregate: 'average', window: 5, is: 'below', threshold: 0.3 } };
const draft = (name: string, more: object = {}) => ({
  name,
  scope: { project: 'acme/vision' },
  on: 'run.metric_threshold',
  filter: threshold,
  action: { webhook: 'deploy-hook', payload: { run: '${run_name}' } },
  ...more,
});

describeStores('automations over REST', (makeStore) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(await makeStore(), automationRoutes);
    await world.webhook(world.entities.acme, 'deploy-hook');
    await world.webhook(world.entities.rival, 'rival-hook');
  });

  test('a document comes back as it was sent, with what the server knows besides', async () => {
    const made = await world.call('jonas', 'POST', '/automations', draft('Round trip', { description: 'why', cooldownSeconds: 60 }));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...draft('Round trip', { description: 'why', cooldownSeconds: 60 }),
      enabled: true,
      team: 'acme',
      maxFiringsPerMinute: 60,
      id: expect.stringMatching(/^aut_\d+$/),
      target: { kind: 'webhook', name: 'deploy-hook', team: 'acme', state: 'ok', host: 'deploy-hook.acme.example' },
      problem: null,
      createdBy: { username: 'jonas' },
      lastFiredAt: null,
      recent: [],
    });
    const read = await world.call('vera', 'GET', `/automations/${made.body.id}`);
    expect(read.body).toEqual({ ...made.body, role: 'viewer' });
    const same = await world.call('jonas', 'PATCH', `/automations/${made.body.id}`, made.body);
    expect(same.status).toBe(200);
    expect(same.body).toEqual(made.body);
    expect(made.text).not.toContain('s3cret-path');
  });

  test('a payload that is text comes back as the same text', async () => {
    const payload = '{\n  "run": "${run_name}", "n": ${metric_value}\n}';
    const made = await world.call('jonas', 'POST', '/automations', draft('Text payload', { action: { webhook: 'deploy-hook', payload } }));
    expect(made.body.action).toEqual({ webhook: 'deploy-hook', payload });
  });

  test('PATCH replaces what it names and nothing else', async () => {
    const made = await world.call('jonas', 'POST', '/automations', draft('To patch', { cooldownSeconds: 30, enabled: false }));
    const patched = await world.call('jonas', 'PATCH', `/automations/${made.body.id}`, { name: 'Patched' });
    expect(patched.body).toMatchObject({ name: 'Patched', cooldownSeconds: 30, enabled: false });
  });

  test('what is wrong is told with paths, all at once', async () => {
    const wrong = await world.call(
      'jonas',
      'POST',
      '/automations',
      draft('Wrong', { filter: { ...threshold, alias: 'x' }, action: { webhook: 'deploy-hook', payload: { a: '${nope}' } } }),
    );
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(['filter.alias', 'action.payload']);
    const unknown = await world.call('jonas', 'POST', '/automations', draft('Wrong', { colour: 'red' }));
    expect(unknown.body.error.issues[0].path).toEqual(['colour']);
    const noHook = await world.call('jonas', 'POST', '/automations', draft('Wrong', { action: { webhook: 'nope' } }));
    expect(noHook.body.error.issues[0].path).toEqual(['action', 'webhook']);
    const personal = await world.call('jonas', 'POST', '/automations', draft('Wrong', { scope: { team: 'jonas' } }));
    expect(personal.body.error).toMatchObject({ code: 'invalid', issues: [{ path: ['scope', 'team'] }] });
  });

  test('a registry scope needs the team whose integration it is', async () => {
    const linked = { name: 'Linked', scope: { registry: 'model' }, on: 'artifact.linked', action: { webhook: 'deploy-hook' } };
    const without = await world.call('jonas', 'POST', '/automations', linked);
    expect(without.body.error.issues[0].path).toEqual(['team']);
    const made = await world.call('jonas', 'POST', '/automations', { ...linked, team: 'acme' });
    expect(made.body).toMatchObject({ scope: { registry: 'model' }, team: 'acme' });
    const listed = await world.call('jonas', 'GET', '/registries/model/automations');
    expect(listed.body.items.map(({ name }: { name: string }) => name)).toEqual(['Linked']);
  });

  test('a name is taken once per scope', async () => {
    await world.call('jonas', 'POST', '/automations', draft('Twice'));
    const again = await world.call('jonas', 'POST', '/automations', draft('Twice'));
    expect(again.status).toBe(409);
    expect(again.body.error.issues).toMatchObject([{ path: ['name'] }]);
  });

  describe('rights', () => {
    test('nobody, viewers and strangers', async () => {
      const made = await world.call('ana', 'POST', '/automations', draft('Guarded'));
      const at = `/automations/${made.body.id}`;
      expect((await world.call(null, 'GET', at)).status).toBe(401);
      expect((await world.call('vera', 'PATCH', at, { name: 'x' })).status).toBe(403);
      expect((await world.call('vera', 'POST', '/automations', draft('By vera'))).status).toBe(403);
      for (const method of ['GET', 'PATCH', 'DELETE']) expect((await world.call('mallory', method, at, {})).status).toBe(404);
      expect((await world.call('mallory', 'GET', '/projects/acme/vision/automations')).status).toBe(404);
      expect((await world.call('mallory', 'GET', '/automations')).body.items).toEqual([]);
    });

    test('who may not use the integration may rename and disable, but change nothing that is sent', async () => {
      const document = {
        name: 'Shared',
        scope: { registry: 'model' },
        on: 'artifact.linked',
        team: 'acme',
        action: { webhook: 'deploy-hook' },
      };
      const made = await world.call('jonas', 'POST', '/automations', document);
      const at = `/automations/${made.body.id}`;
      expect((await world.call('olga', 'POST', '/automations', { ...document, name: 'Hers' })).status).toBe(404);
      expect((await world.call('olga', 'PATCH', at, { ...made.body, name: 'Renamed' })).body.name).toBe('Renamed');
      expect((await world.call('olga', 'PATCH', at, { enabled: false })).body.enabled).toBe(false);
      for (const change of [{ enabled: true }, { filter: { alias: 'x' } }, { action: { webhook: 'deploy-hook', payload: {} } }]) {
        expect((await world.call('olga', 'PATCH', at, change)).status).toBe(403);
      }
      expect((await world.call('olga', 'PATCH', at, { action: { nothing: true } })).body.action).toEqual({ nothing: true });
      expect((await world.call('olga', 'DELETE', at)).status).toBe(204);
    });

    test('an automation moves to a scope of another entity with its id', async () => {
      const made = await world.call('ana', 'POST', '/automations', {
        name: 'Mover',
        scope: { team: 'acme' },
        on: 'artifact.linked',
        action: { nothing: true },
      });
      const moved = await world.call('ana', 'PATCH', `/automations/${made.body.id}`, { scope: { registry: 'model' } });
      expect(moved.body).toMatchObject({ id: made.body.id, scope: { registry: 'model' }, createdAt: made.body.createdAt });
      expect((await world.call('jonas', 'PATCH', `/automations/${made.body.id}`, { scope: { project: 'rival/plans' } })).status).toBe(404);
    });

    test('another team’s webhook cannot be used', async () => {
      const made = await world.call('jonas', 'POST', '/automations', draft('Stolen', { team: 'rival', action: { webhook: 'rival-hook' } }));
      expect(made.status).toBe(404);
    });
  });

  test('lists page by page, filtered', async () => {
    for (const name of ['Page 1', 'Page 2', 'Page 3']) await world.call('ana', 'POST', '/automations', draft(name));
    const first = await world.call('ana', 'GET', '/automations?q=page&limit=2');
    expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(['Page 3', 'Page 2']);
    const second = await world.call('ana', 'GET', `/automations?q=page&limit=2&after=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ name: 'Page 1' }] });
    expect(second.body.next).toBeUndefined();
    expect((await world.call('ana', 'GET', '/automations?after=nonsense')).status).toBe(400);
    const disabled = await world.call('ana', 'GET', '/automations?status=disabled&scope=project:acme/vision');
    expect(disabled.body.items.map(({ name }: { name: string }) => name)).toEqual(['Patched']);
  });

  test('what watches a place comes from it and from what contains it, for events that happen there', async () => {
    const made = async (name: string, more: object) =>
      expect((await world.call('ana', 'POST', '/automations', { name, action: { nothing: true }, ...more })).status).toBe(201);
    await made('W team', { scope: { team: 'acme' }, on: 'artifact.created' });
    await made('W organization', { scope: { organization: 'acme-org' }, on: 'artifact.linked' });
    await made('W project', { scope: { project: 'acme/vision' }, on: 'artifact.tag_added' });
    await made('W runs', { scope: { project: 'acme/vision' }, on: 'run.state', filter: { states: ['failed'] } });
    const names = async (watching: string) => {
      const { body } = await world.call('ana', 'GET', `/automations?q=W&watching=${watching}`);
      return body.items.map(({ name }: { name: string }) => name).filter((name: string) => name.startsWith('W '));
    };
    expect(await names('project:acme/vision')).toEqual(['W runs', 'W project', 'W organization', 'W team']);
    expect(await names('registry:model')).toEqual(['W organization']);
    expect((await world.call('mallory', 'GET', '/automations?watching=project:acme/vision')).status).toBe(404);
  });

  test('problems and failures can be listed', async () => {
    const { db } = world.platform;
    const id = await world.webhook(world.entities.acme, 'broken-hook');
    const made = await world.call('ana', 'POST', '/automations', draft('Broken', { action: { webhook: 'broken-hook' } }));
    const ran = await world.call('ana', 'POST', `/automations/${made.body.id}/run`, {});
    await world.platform.engine.worker.idle();
    await db.updateTable('executions').set({ status: 'failed' }).where('id', '=', ran.body.executionId).execute();
    const failing = await world.call('ana', 'GET', '/automations?status=failing');
    expect(failing.body.items).toMatchObject([{ name: 'Broken', recent: [{ status: 'failed' }] }]);
    await db.updateTable('targets').set({ enabled: 0, disabled_reason: 'It answered 410.' }).where('id', '=', id).execute();
    const broken = await world.call('ana', 'GET', '/automations?status=problem');
    expect(broken.body.items).toMatchObject([
      { name: 'Broken', target: { state: 'disabled' }, problem: expect.stringContaining('It answered 410.') },
    ]);
    expect((await world.call('ana', 'POST', `/automations/${made.body.id}/run`, {})).status).toBe(409);
  });

  test('bulk actions say what they could not do', async () => {
    const made = await world.call('ana', 'POST', '/automations', draft('Bulk'));
    const done = await world.call('ana', 'POST', '/automations/bulk', { ids: [made.body.id, 'aut_999999'], action: 'delete' });
    expect(done.body).toMatchObject({ done: [made.body.id], refused: [{ id: 'aut_999999' }] });
    expect((await world.call('ana', 'GET', `/automations/${made.body.id}`)).status).toBe(404);
  });

  test('every change is in the audit log, with the document and no secret', async () => {
    const rows = await world.platform.db.selectFrom('audit').selectAll().where('entity_id', '=', world.entities.acme.id).execute();
    expect(rows.map(({ what }) => what)).toContain('automation.deleted');
    expect(JSON.stringify(rows)).not.toContain('s3cret-path');
  });
});
