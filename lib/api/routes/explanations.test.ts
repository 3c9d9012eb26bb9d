import { beforeAll, expect, test } from 'vitest';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { collectionRoutes } from './collections.ts';
import { eventRoutes } from './events.ts';
import { executionRoutes } from './executions.ts';
import { explanationRoutes } from './explanations.ts';

const VISION = { project: 'acme/vision' };
const below = (threshold: number, window = 1, name = 'val/loss') => ({
  metric: { name, aggregate: 'average', window, is: 'below', threshold },
});
const values = (run: string, logged: number[], first = 0) => ({
  type: 'run.metrics',
  run: { id: run, name: run, tags: ['prod'] },
  metrics: logged.map((value, index) => ({ step: first + index, values: { 'val/loss': value } })),
});

type Item = { automation: { name: string; href: string | null }; outcome: string; reason: string; heldBack: number; judged: Judged[] };
type Judged = {
  title: string;
  outcome: string;
  source: string;
  eventId: string | null;
  execution: { id: string; status: string } | null;
  decision: { kind: string; clauses: { clause: string; holds: boolean; text: string }[]; evidence?: { windows: { current: number[] } } };
};

describeStores('explanations over REST', (makeStore) => {
  let world: World;
  beforeAll(async () => {
    const routes = [...automationRoutes, ...eventRoutes, ...explanationRoutes, ...collectionRoutes, ...executionRoutes];
    world = await makeWorld(await makeStore(), routes);
  });

  const automate = async (name: string, on: string, filter: object, more: object = {}) => {
    world.advance(10);
    const document = { name, scope: VISION, on, filter, action: { nothing: true }, ...more };
    const { status, body } = await world.call('ana', 'POST', '/automations', document);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  };
  const send = async (body: unknown) => {
    world.advance(2000); // so that each is worth a note of its own
    const sent = await world.call('jonas', 'POST', '/projects/acme/vision/events', body);
    expect(sent.status, JSON.stringify(sent.body)).toBe(202);
    return sent.body.executions as string[];
  };
  const explain = async (path: string, who = 'vera') => {
    const { status, body } = await world.call(who, 'GET', `${path}/explanation`);
    expect(status, JSON.stringify(body)).toBe(200);
    return { ...body, byName: new Map((body.items as Item[]).map((item) => [item.automation.name, item])) } as {
      byName: Map<string, Item>;
      others: { count: number };
      note: string | null;
      items: Item[];
      next?: string;
    };
  };
  const RUN = (run: string) => `/projects/acme/vision/runs/${run}`;

  test('a run: who fired, with the execution; who did not, with the nearest value and its windows', async () => {
    await automate('Good', 'run.metric_threshold', below(0.3, 2));
    await automate('Too strict', 'run.metric_threshold', below(0.1, 2));
    await automate('Never full', 'run.metric_threshold', below(0.3, 50));
    await automate('Other metric', 'run.metric_threshold', below(0.3, 1, 'accuracy'));
    await automate('Other runs', 'run.metric_threshold', { ...below(0.9), run: { tags: ['staging'] } });
    await automate('Off', 'run.metric_threshold', below(0.9), { enabled: false });
    await automate('Aliases', 'artifact.alias_added', { alias: '^production$' });
    const [fired] = await send(values('r1', [0.5, 0.4, 0.25, 0.2]));
    await send(values('r1', [0.2, 0.15, 0.4], 4));
    const late = await automate('Late', 'run.metric_threshold', below(0.9));
    await world.platform.engine.stop(); // what was held back is written now and then

    const { byName, others, note } = await explain(RUN('r1'));
    expect([...byName].map(([name, { outcome }]) => [name, outcome])).toEqual([
      ['Good', 'fired'],
      ['Too strict', 'did_not_match'],
      ['Never full', 'did_not_match'],
      ['Other metric', 'did_not_match'],
      ['Other runs', 'did_not_match'],
      ['Off', 'not_listening'],
      ['Late', 'not_listening'],
    ]);
    expect([others.count, note]).toEqual([1, null]);
    expect(byName.get('Good')).toMatchObject({
      heldBack: 1,
      judged: [{ execution: { id: fired, status: 'finished' }, source: 'recorded', title: 'val/loss at step 3' }],
      reason: 'Average of the last 2 val/loss was 0.225, below 0.3',
    });
    const strict = byName.get('Too strict')!;
    expect(strict.reason).toBe('Average of the last 2 val/loss was 0.175, not below 0.1 (the nearest value, at step 5)');
    expect(strict.judged[0]).toMatchObject({ title: 'val/loss, 7 values', source: 'judged_again', eventId: null, execution: null });
    expect(strict.judged[0]!.decision.evidence!.windows.current).toEqual([0.2, 0.15]);
    expect(byName.get('Never full')!.reason).toContain('7 of 50 values of val/loss');
    expect(byName.get('Other metric')!.reason).toContain('No value of accuracy');
    expect(byName.get('Other runs')!.reason).toContain('staging');
    expect(byName.get('Off')!.reason).toBe('The automation is disabled');
    expect(byName.get('Late')!.reason).toMatch(/^It was made or enabled .* after this happened$/);
    await world.call('ana', 'DELETE', `/automations/${late}`);
  });

  test('a value from before an automation listened fills its window and is not judged', async () => {
    await send(values('r2', [0.01, 0.5]));
    await automate('Enabled between', 'run.metric_threshold', below(0.2, 1));
    await automate('Long window', 'run.metric_threshold', below(0.2, 3));
    await send(values('r2', [0.4], 2));
    const { byName } = await explain(RUN('r2'));
    expect(byName.get('Enabled between')!.reason).toBe(
      'Average of the last 1 val/loss was 0.4, not below 0.2 (the nearest value, at step 2)',
    );
    expect(byName.get('Long window')!.judged[0]!.decision.evidence!.windows.current).toEqual([0.01, 0.5, 0.4]);
  });

  test('the machine’s values of another tracker are judged where its events brought them', async () => {
    await automate('Too hot', 'run.metric_threshold', { metric: { ...below(95, 2, 'gpu.temp').metric, is: 'above' } });
    const metrics = [80, 90, 94].map((temp, step) => ({ step, values: { 'system.gpu.temp': temp } }));
    await send({ type: 'run.metrics', run: { id: 'hot', name: 'hot' }, metrics });
    const told = (await explain(RUN('hot'))).byName.get('Too hot')!;
    expect(told).toMatchObject({ outcome: 'did_not_match', judged: [{ title: 'system.gpu.temp, 3 values' }] });
    expect(told.judged[0]!.decision.evidence!.windows.current).toEqual([90, 94]);
    await send({ type: 'run.metrics', run: { id: 'hot' }, metrics: [{ step: 3, values: { 'system.gpu.temp': 95 } }] });
    const { body } = await world.call('vera', 'GET', '/projects/acme/vision/events?run=hot&type=run.metrics&limit=1');
    const [newest] = (await explain(`/events/${body.items[0].id}`)).byName.get('Too hot')!.judged;
    expect(newest!.decision.evidence!.windows.current).toEqual([94, 95]);
  });

  test('states and silence of a run', async () => {
    await automate('Failures', 'run.state', { states: ['failed'] });
    await automate('Long ones', 'run.state', { states: ['finished', 'failed'], run: { minDurationSeconds: 3600 } });
    await automate('Silence', 'run.silent', { silentMinutes: 10 });
    await send({ type: 'run.state', run: { id: 'r3', name: 'slow-owl', state: 'running' } });
    world.advance(4 * 60_000);
    const silent = (await explain(RUN('r3'))).byName.get('Silence')!;
    expect(silent).toMatchObject({ outcome: 'did_not_match', reason: 'No value for 4 min, less than 10 min' });
    const [execution] = await send({ type: 'run.state', run: { id: 'r3', state: 'crashed' } });
    const { byName } = await explain(RUN('r3'));
    expect(byName.get('Failures')).toMatchObject({
      outcome: 'fired',
      reason: 'The run became crashed, which counts as failed',
      judged: [
        { title: 'slow-owl crashed', execution: { id: execution } },
        { title: 'slow-owl running', outcome: 'did_not_match' },
      ],
    });
    expect(byName.get('Long ones')).toMatchObject({ outcome: 'did_not_match', judged: [{ title: 'slow-owl crashed' }, {}] });
    expect(byName.get('Silence')!.reason).toBe('The run is crashed: silence counts only while it runs');
  });

  test('a deleted automation that fired is still told of', async () => {
    const id = await automate('Short lived', 'run.state', { states: ['finished'] });
    await send({ type: 'run.state', run: { id: 'r4', state: 'finished' } });
    await world.call('ana', 'DELETE', `/automations/${id}`);
    const { items } = await explain(RUN('r4'));
    expect(items[0]).toMatchObject({ automation: { name: 'Short lived', href: null, trigger: 'It was deleted since' }, outcome: 'fired' });
  });

  test('a version: each event that it had, where it stands', async () => {
    await automate('Production', 'artifact.alias_added', { alias: '^production$' });
    await automate('Tagged', 'artifact.tag_added', { tag: 'eu' });
    await automate('In the registry', 'artifact.alias_added', { alias: 'staging' }, { scope: { registry: 'model' }, team: 'acme' });
    await send([
      { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', aliases: ['candidate'] } },
      { type: 'artifact.linked', artifact: { collection: 'detector', version: 0 }, to: { registry: 'model', collection: 'fraud' } },
    ]);
    const own = '/projects/acme/vision/artifacts/model/detector/versions/v0';
    const before = await explain(own);
    expect([...before.byName].map(([name, { outcome }]) => [name, outcome])).toEqual([
      ['Aliases', 'did_not_match'],
      ['Production', 'did_not_match'],
      ['Tagged', 'not_happened'],
    ]);
    expect(before.byName.get('Tagged')!.reason).toBe('It waits for "An artifact tag is added", which has not happened here');
    expect(before.byName.get('Production')!.judged.map(({ title }) => title)).toEqual([
      'candidate on detector:v0',
      'latest on detector:v0',
    ]);

    const [execution] = await send({ type: 'artifact.alias_added', artifact: { collection: 'detector', version: 0 }, alias: 'production' });
    expect((await explain(own)).byName.get('Production')).toMatchObject({ outcome: 'fired', judged: [{}, {}, {}] });
    expect(execution).toBeDefined();
    const linked = '/registries/model/collections/fraud/versions/v0';
    const there = (await explain(linked)).byName;
    expect([...there.keys()]).toEqual(['In the registry']);
    expect(there.get('In the registry')).toMatchObject({ outcome: 'did_not_match', judged: [{ title: 'latest on fraud:v0' }] });
  });

  test('an event: by what was kept then; judged anew where the automation was changed since', async () => {
    const changing = await automate('Changing', 'artifact.alias_added', { alias: '^release$' });
    await send({ type: 'artifact.alias_added', artifact: { collection: 'detector', version: 0 }, alias: 'shadow' });
    const { body } = await world.call('vera', 'GET', '/projects/acme/vision/events?limit=1');
    const id = body.items[0].id;
    world.advance(1000);
    await world.call('ana', 'PATCH', `/automations/${changing}`, { filter: { alias: 'shadow' } });
    const live = (await explain(`/events/${id}`)).byName.get('Changing')!;
    expect(live).toMatchObject({
      outcome: 'would_match',
      reason: 'It was changed after this happened: as it is now, it would match',
      judged: [{ source: 'judged_again', eventId: id }],
    });
    await world.platform.engine.stop();
    const recorded = (await explain(`/events/${id}`)).byName.get('Changing')!;
    expect(recorded).toMatchObject({ outcome: 'did_not_match', judged: [{ source: 'recorded' }] });
    expect(recorded.reason).toContain('release');
    const answer = await world.call('vera', 'GET', `/events/${id}/explanation`);
    expect(answer.body.event).toMatchObject({ id, type: 'artifact.alias_added', title: 'shadow on detector:v0' });
  });

  test('pages go on where the last one ended, and end', async () => {
    const first = await world.call('vera', 'GET', `${RUN('r1')}/explanation?limit=4`);
    expect(first.body.items).toHaveLength(4);
    const seen = first.body.items as Item[];
    for (let next = first.body.next; next; ) {
      const { body } = await world.call('vera', 'GET', `${RUN('r1')}/explanation?limit=4&after=${next}`);
      seen.push(...body.items);
      next = body.next;
    }
    const names = seen.map(({ automation }) => automation.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['Good', 'Silence', 'Long ones']));
    expect((await world.call('vera', 'GET', `${RUN('r1')}/explanation?after=nonsense`)).status).toBe(400);
  });

  test('what is not seen is not found, and automations of places that the reader does not see are left out', async () => {
    const { body } = await world.call('vera', 'GET', '/projects/acme/vision/events?limit=1');
    for (const path of [RUN('r1'), '/projects/acme/vision/artifacts/model/detector/versions/v0', `/events/${body.items[0].id}`]) {
      expect((await world.call('mallory', 'GET', `${path}/explanation`)).status, path).toBe(404);
      expect((await world.call('olga', 'GET', `${path}/explanation`)).status, path).toBe(404);
      expect((await world.call(null, 'GET', `${path}/explanation`)).status, path).toBe(401);
    }
    for (const path of [RUN('none'), '/projects/acme/vision/artifacts/model/detector/versions/v9', '/events/evt_none']) {
      expect((await world.call('vera', 'GET', `${path}/explanation`)).status, path).toBe(404);
    }
    expect([...(await explain('/registries/model/collections/fraud/versions/v0', 'olga')).byName.keys()]).toEqual(['In the registry']);
  });
});
