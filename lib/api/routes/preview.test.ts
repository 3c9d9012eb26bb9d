import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { egressTo } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { registryRoutes } from './registries.ts';
import { slackChannelRoutes } from './slack-channels.ts';

const EVENTS = '/projects/acme/vision/events';
const draft = {
  name: 'Good enough',
  scope: { project: 'acme/vision' },
  on: 'run.metric_threshold',
  filter: { metric: { name: 'val/loss', aggregate: 'average', window: 2, is: 'below', threshold: 0.3 } },
  action: { webhook: 'deploy-hook', payload: { run: '${run_name}', value: '${metric_value}', token: '${API_TOKEN}' } },
};

describeStores('what a draft would do', (makeStore) => {
  let store: Store;
  let world: World;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    store = await makeStore();
    world = await makeWorld(store, [...automationRoutes, ...eventRoutes, ...registryRoutes, ...slackChannelRoutes], {
      egress: egressTo({ 'hook.example': ['127.0.0.1'] }),
    });
    await world.webhook(world.entities.acme, 'deploy-hook', { url: `http://hook.example:${receiver.port}/deploy` });
    const metrics = [0.5, 0.4, 0.29, 0.28].map((loss, step) => ({ step, values: { 'val/loss': loss } }));
    const sent = await world.call('jonas', 'POST', EVENTS, [
      { type: 'run.metrics', run: { id: 'r1', name: 'swift-fox-12' }, metrics },
      { type: 'run.metrics', run: { id: 'r2', name: 'amber-owl-7' }, metrics: metrics.slice(0, 2) },
      { type: 'run.state', run: { id: 'r2', state: 'failed' } },
      { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', aliases: ['candidate'] } },
    ]);
    expect(sent).toMatchObject({ status: 202, body: { accepted: 4, duplicates: 0, executions: [] } });
  });
  afterAll(() => receiver.close());

  test('a preview shows request, decision and problems, and sends nothing', async () => {
    const { status, body } = await world.call('jonas', 'POST', '/automations/preview', { automation: draft });
    expect(status).toBe(200);
    expect(body.decision.kind).toBe('fire');
    expect(body.event.source).toBe('sample');
    expect(body.problems).toMatchObject([{ severity: 'error', path: ['action', 'payload'] }]);
    expect(body.destination).toEqual({ host: 'hook.example', allowed: true, text: expect.stringContaining('127.0.0.1') });
    expect(body.request.url).toBe('https://deploy-hook.acme.example/…');
    expect(JSON.parse(body.request.body).run).toBe('swift-fox-12');
    expect(body.variables.map(({ name }: { name: string }) => name)).toContain('metric_value');
    expect(receiver.requests).toEqual([]);
  });

  test('a sample for a whole organization happens in a registry that the reader may see', async () => {
    const closed = { name: 'an-unannounced-plan', organization: 'acme-org', visibility: 'restricted' };
    expect((await world.call('ana', 'POST', '/registries', closed)).status).toBe(201);
    for (const scope of [{ organization: 'acme-org' }, { team: 'acme' }]) {
      const automation = { name: 'Linked', scope, on: 'artifact.linked', filter: {}, action: { nothing: true } };
      const { status, body } = await world.call('jonas', 'POST', '/automations/preview', { automation });
      expect(status).toBe(200);
      expect(body.event.project).toBe('wandb-registry-model');
    }
  });

  test('an unfinished draft answers with what is missing', async () => {
    const { status, body } = await world.call('jonas', 'POST', '/automations/preview', { automation: { on: 'run.state' } });
    expect(status).toBe(200);
    expect(body.request).toBeNull();
    expect(body.problems.map(({ path }: { path: string[] }) => path[0])).toEqual(expect.arrayContaining(['name', 'scope', 'action']));
  });

  test('a pattern that does not compile is a problem of the draft, and nothing is judged by it', async () => {
    const automation = { ...draft, on: 'artifact.alias_added', filter: { alias: '(production' } };
    for (const path of ['/automations/preview', '/automations/matches']) {
      const { status, body } = await world.call('jonas', 'POST', path, { automation });
      expect(status, path).toBe(200);
      expect(body.problems, path).toContainEqual(expect.objectContaining({ severity: 'error', path: ['filter', 'alias'] }));
    }
  });

  test('an edited event is judged as it is', async () => {
    const automation = { ...draft, on: 'run.state', filter: { states: ['failed'] } };
    const finished = { type: 'run.state', run: { id: 'x', state: 'finished' } };
    const { body } = await world.call('jonas', 'POST', '/automations/preview', { automation, event: finished });
    expect(body.decision).toMatchObject({ kind: 'skip', because: 'filter_did_not_match' });
    expect(body.event.source).toBe('edited');
    const wrong = await world.call('jonas', 'POST', '/automations/preview', { automation, event: { type: 'run.state' } });
    expect(wrong).toMatchObject({ status: 400, body: { error: { issues: [{ path: ['event', 'run'] }] } } });
  });

  test('recent runs say whether they would have fired, and which came closest', async () => {
    const { body } = await world.call('jonas', 'POST', '/automations/matches', { automation: draft });
    expect(body).toMatchObject({ considered: 2, fired: 1, summary: '1 of 2 runs would have fired.' });
    const strict = { ...draft, filter: { metric: { ...draft.filter.metric, threshold: 0.1 } } };
    const none = await world.call('jonas', 'POST', '/automations/matches', { automation: strict });
    expect(none.body.summary).toBe('None of 2 runs would have fired. Closest: swift-fox-12, average 0.285.');
  });

  test('recent events are told clause by clause', async () => {
    const automation = { ...draft, on: 'artifact.alias_added', filter: { alias: '^production$' } };
    const { body } = await world.call('jonas', 'POST', '/automations/matches', { automation });
    expect(body.fired).toBe(0);
    expect(body.events.map(({ event }: { event: { title: string } }) => event.title)).toEqual([
      'candidate on detector:v0',
      'latest on detector:v0',
    ]);
    expect(body.events[0].decision.clauses).toContainEqual({ clause: 'alias', holds: false, text: expect.stringContaining('candidate') });
  });

  test('a backtest tells its firings line by line', async () => {
    const { stream } = await world.call('jonas', 'POST', '/automations/backtest', { automation: draft, days: 1 });
    const lines = await readLines(stream);
    expect(lines.filter(({ type }) => type === 'firing')).toMatchObject([{ title: 'swift-fox-12, average 0.285' }]);
    expect(lines.at(-1)).toMatchObject({ type: 'done', fired: 1, values: 6 });
  });

  test('run now makes a real execution, marked manual, and sends it', async () => {
    const payload = { run: '${run_name}', limit: '${threshold}' };
    const made = await world.call('jonas', 'POST', '/automations', { ...draft, action: { webhook: 'deploy-hook', payload } });
    expect(made.status).toBe(201);
    const ran = await world.call('jonas', 'POST', `/automations/${made.body.id}/run`, {});
    expect(ran.status).toBe(202);
    await world.platform.engine.worker.idle();
    expect(JSON.parse(receiver.requests[0]!.body.toString())).toEqual({ run: 'swift-fox-12', limit: '0.3' });
    expect(receiver.requests[0]!.headers['webhook-id']).toBe(ran.body.executionId);
    const row = await store.db.selectFrom('executions').selectAll().where('id', '=', ran.body.executionId).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: 'finished', manual: 1 });
    expect((await world.call('vera', 'POST', `/automations/${made.body.id}/run`, {})).status).toBe(403);
    expect((await world.call('mallory', 'POST', `/automations/${made.body.id}/run`, {})).status).toBe(404);
  });

  test('preview, test and run now send of a run what its real firing sent, whichever batch stands for it', async () => {
    const filter = { metric: { name: 'acc', aggregate: 'average', window: 5, is: 'below', threshold: 0.8 } };
    const automation = { ...draft, name: 'Poor', filter, action: { webhook: 'deploy-hook' } };
    const made = await world.call('jonas', 'POST', '/automations', automation);
    expect(made.status).toBe(201);
    const line = (step: number) => ({ step, values: { acc: (step + 1) / 100 } });
    const batches = [Array.from({ length: 30 }, (_, step) => line(step)), [line(30)], [line(31)]];
    const before = receiver.requests.length;
    for (const metrics of batches) {
      const sent = await world.call('jonas', 'POST', EVENTS, { type: 'run.metrics', run: { id: 'r3', name: 'survivor' }, metrics });
      expect(sent.status).toBe(202);
    }
    await world.platform.engine.worker.idle();
    const [fired] = receiver.requests.slice(before).map(({ body }) => JSON.parse(body.toString()));
    expect(fired.metric).toMatchObject({ value: 0.03, values: [0.01, 0.02, 0.03, 0.04, 0.05] });

    const { body: recent } = await world.call('jonas', 'POST', '/automations/matches', { automation });
    const [match] = recent.events;
    expect(match).toMatchObject({ event: { title: 'survivor, average 0.03' }, decision: { kind: 'fire' } });
    const eventId = match.event.id;
    const sameAs = ({ executionId: _, automation: __, ...rest }: Record<string, unknown>) => rest;
    const { body: preview } = await world.call('jonas', 'POST', '/automations/preview', { automation, eventId });
    expect(sameAs(JSON.parse(preview.request.body))).toEqual(sameAs(fired));
    expect((await world.call('jonas', 'POST', '/automations/test', { automation, eventId })).status).toBe(200);
    expect((await world.call('jonas', 'POST', `/automations/${made.body.id}/run`, { eventId })).status).toBe(202);
    await world.platform.engine.worker.idle();
    const again = receiver.requests.slice(before + 1).map(({ body }) => sameAs(JSON.parse(body.toString())));
    expect(again).toEqual([sameAs(fired), sameAs(fired)]);
  });

  test('a Slack preview is the request that a test sends', async () => {
    const webhookUrl = `http://hook.example:${receiver.port}/services/T0/B0/hidden`;
    expect((await world.call('ana', 'POST', '/teams/acme/slack-channels', { name: 'alerts', webhookUrl })).status).toBe(201);
    const automation = { ...draft, action: { slack: 'alerts', title: 'Ran', text: '${run_name}' } };
    const { body: preview } = await world.call('jonas', 'POST', '/automations/preview', { automation });
    const { body: tested } = await world.call('jonas', 'POST', '/automations/test', { automation });
    expect(tested.response.status).toBe(200);
    expect(receiver.requests.at(-1)!.body.toString()).toBe(preview.request.body);
    expect(tested.request).toEqual(preview.request);
  });

  test('previews need the member role where the draft listens', async () => {
    expect((await world.call('vera', 'POST', '/automations/preview', { automation: draft })).status).toBe(403);
    expect((await world.call('mallory', 'POST', '/automations/matches', { automation: draft })).status).toBe(404);
    expect((await world.call(null, 'POST', '/automations/preview', { automation: draft })).status).toBe(401);
  });

  test('events: refused whole, with the place in the batch; strangers find nothing', async () => {
    const batch = [
      { type: 'run.state', run: { id: 'ok', state: 'running' } },
      { type: 'run.state', run: { id: 'bad' } },
    ];
    const refused = await world.call('jonas', 'POST', EVENTS, batch);
    expect(refused).toMatchObject({ status: 400, body: { error: { issues: [{ path: [1, 'run', 'state'] }] } } });
    expect((await world.call('vera', 'POST', EVENTS, batch[0])).status).toBe(403);
    expect((await world.call('mallory', 'POST', EVENTS, batch[0])).status).toBe(404);
    const once = { id: 'same', type: 'run.state', run: { id: 'r9', state: 'running' } };
    await world.call('jonas', 'POST', EVENTS, once);
    expect((await world.call('jonas', 'POST', EVENTS, once)).body).toMatchObject({ accepted: 0, duplicates: 1 });
    const listed = await world.call('vera', 'GET', `${EVENTS}?type=run.state`);
    expect(listed.body.items.map(({ title }: { title: string }) => title)).toEqual(
      expect.arrayContaining(['r9 running', 'amber-owl-7 failed']),
    );
  });
});

async function readLines(stream: AsyncIterable<string | Uint8Array> | null): Promise<Record<string, unknown>[]> {
  let text = '';
  for await (const part of stream!) text += part;
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
