import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { COARSE_MS, FINE_MS } from '#lib/domain/delivery-health.ts';
import { tellTargetNews } from '#lib/services/notices/tell-target-news.ts';
import { egressTo } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { addDeliveryCounts } from '#lib/store/delivery-counts.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld, type World } from '../testing-world.ts';
import { automationRoutes } from './automations.ts';
import { eventRoutes } from './events.ts';
import { webhookRoutes } from './webhooks.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeStores('health of a webhook over REST', (makeStore) => {
  let store: Store;
  let world: World;
  let receiver: Receiver;
  let status = 200;

  beforeAll(async () => {
    receiver = await startReceiver((response) => {
      response.statusCode = status;
      response.end('answer');
    });
  });
  afterEach(() => world.platform.engine.stop());
  afterAll(() => receiver.close());

  beforeEach(async () => {
    status = 200;
    store = await makeStore();
    world = await makeWorld(store, [...automationRoutes, ...eventRoutes, ...webhookRoutes], {
      egress: egressTo({ 'hook.example': ['127.0.0.1'] }),
    });
    await world.webhook(world.entities.acme, 'deploy-hook', { url: `http://hook.example:${receiver.port}/` });
    const automation = {
      name: 'Failed runs',
      scope: { project: 'acme/vision' },
      on: 'run.state',
      filter: { states: ['failed'] },
      action: { webhook: 'deploy-hook' },
      retry: { delaysSeconds: [0] },
    };
    expect((await world.call('jonas', 'POST', '/automations', automation)).status).toBe(201);
  });

  let runs = 0;
  async function deliver(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await world.call('jonas', 'POST', '/projects/acme/vision/events', { type: 'run.state', run: { id: `r${++runs}`, state: 'failed' } });
      await world.platform.engine.worker.idle();
    }
    await world.platform.engine.keepNotes();
  }

  const health = async (search = '', who = 'jonas') => (await world.call(who, 'GET', `/teams/acme/webhooks/whk_1/health${search}`)).body;

  test('tells success rate, latency and causes over the period, every step of it', async () => {
    await deliver(3);
    status = 503;
    world.advance(2 * HOUR);
    await deliver(1);
    const view = await health();
    expect(view).toMatchObject({
      range: '24h',
      stepSeconds: 1800,
      totals: { attempts: 4, delivered: 3, successRate: 0.75 },
      causes: [{ cause: 'server_error', count: 1 }],
      breaker: { state: 'failing', waiting: { count: 0 }, nextProbeAt: null },
      notices: [],
    });
    expect(view.totals.latency.p50).toBeGreaterThan(0);
    expect(view.totals.latency.p99).toBeGreaterThanOrEqual(view.totals.latency.p50);
    expect(view.steps).toHaveLength(49);
    expect(view.steps.at(-1)).toMatchObject({ delivered: 0, failed: [{ cause: 'server_error', count: 1 }] });
    expect(view.steps.at(-5)).toMatchObject({ delivered: 3, failed: [] });
    expect((await health('?range=1h')).totals).toMatchObject({ attempts: 1, delivered: 0, successRate: 0 });
    expect((await health('?range=30d')).steps).toHaveLength(31);
    expect((await world.call('jonas', 'GET', '/teams/acme/webhooks/whk_1/health?range=1y')).status).toBe(400);
  });

  test('tells since when it fails, when it is warned of and when it is switched off', async () => {
    status = 503;
    await deliver(1);
    const failingSince = world.platform.now();
    world.advance(2.6 * DAY);
    await deliver(1);
    const { breaker } = await health();
    expect(breaker.lastFailure).toMatchObject({ message: expect.stringContaining('503'), execution: expect.stringMatching(/^exe_/) });
    const at = (ms: number) => new Date(ms).toISOString();
    expect(breaker).toMatchObject({
      state: 'failing',
      failingSince: at(failingSince),
      disablesAt: at(failingSince + 5 * DAY),
      warnings: [
        { part: 0.5, at: at(failingSince + 2.5 * DAY), given: true },
        { part: 0.7, at: at(failingSince + 3.5 * DAY), given: false },
        { part: 0.9, at: at(failingSince + 4.5 * DAY), given: false },
      ],
    });
    await store.db
      .updateTable('targets')
      .set({ paused_until: world.platform.now() + 60_000 })
      .execute();
    expect((await health()).breaker).toMatchObject({ state: 'paused', nextProbeAt: at(world.platform.now() + 60_000) });
    await store.db.updateTable('targets').set({ enabled: 0 }).execute();
    expect((await health()).breaker).toMatchObject({ state: 'disabled', disablesAt: null, warnings: [] });
  });

  test('forgets the last failure with the next success', async () => {
    status = 503;
    await deliver(1);
    expect((await world.call('jonas', 'GET', '/teams/acme/webhooks/whk_1')).body.lastFailure).toMatchObject({
      message: expect.any(String),
    });
    status = 200;
    await deliver(1);
    expect((await health()).breaker.lastFailure).toBeNull();
    const { recent } = (await world.call('jonas', 'GET', '/teams/acme/webhooks/whk_1')).body;
    expect(
      recent.map((dot: { status: string }) => dot.status),
      'oldest first, as the dots are drawn',
    ).toEqual(['failed', 'finished']);
  });

  test('keeps what its admins were told, also what was seen to', async () => {
    const target = { entityId: world.entities.acme.id, targetId: 1 };
    await tellTargetNews(world.platform, { ...target, kind: 'paused', reason: 'Its receiver keeps failing.' });
    world.advance(HOUR);
    await tellTargetNews(world.platform, { ...target, kind: 'recovered', reason: '' });
    expect((await health()).notices).toMatchObject([
      { severity: 'info', text: '"deploy-hook" works again. The executions that waited are on their way.', resolvedAt: null },
      { severity: 'warning', resolvedAt: new Date(world.platform.now()).toISOString() },
    ]);
  });

  test('reads a few rows for a million attempts', async () => {
    const { acme } = world.entities;
    const now = world.platform.now();
    const counts = [FINE_MS, COARSE_MS].flatMap((width) =>
      Array.from({ length: DAY / width }, (_, n) => ({
        ...{ entityId: acme.id, targetId: 1, width, startsAt: Math.floor(now / width) * width - n * width },
        ...{ kind: 'delivered' as const, count: (1_152_000 * width) / DAY },
      })),
    );
    await addDeliveryCounts(store.db, counts);
    const { totals } = await health();
    expect(totals.attempts).toBeGreaterThan(1_000_000);
    expect(
      await store.db
        .selectFrom('delivery_counts')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirst(),
    ).toEqual({ n: 312 });
  });

  test('is for those who may list the integrations', async () => {
    expect((await world.call('vera', 'GET', '/teams/acme/webhooks/whk_1/health')).status).toBe(403);
    expect((await world.call('mallory', 'GET', '/teams/acme/webhooks/whk_1/health')).status).toBe(404);
    expect((await world.call('jonas', 'GET', '/teams/acme/webhooks/whk_9/health')).status).toBe(404);
  });
});
