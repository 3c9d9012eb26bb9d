import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { delivered, makeWorld, unavailable } from '#lib/engine/testing.ts';
import { openTestStore } from '#lib/store/testing.ts';
import { registerEngineMetrics } from './engine-metrics.ts';

const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };

test('counts what the engine takes, sends and ends, and how much waits', async () => {
  const store = await openTestStore();
  const answers = [delivered, unavailable];
  const world = await makeWorld(store, { maxConcurrent: 1, answer: async () => answers.shift()! });
  const registry = new Registry();
  registerEngineMetrics(registry, world.engine, world.db);
  await world.automate('artifact.created');
  await world.automate('artifact.created', { action: { kind: 'nothing' } });
  await world.automate('artifact.created', { cooldownSeconds: 60, action: { kind: 'nothing' } });
  await world.send([created, created]);
  await world.deliverDue();

  const text = await registry.metrics();
  for (const line of [
    'hookline_events_total{type="artifact.created"} 2',
    'hookline_executions_total{status="finished"} 4',
    'hookline_executions_total{status="skipped"} 1',
    'hookline_attempt_seconds_count{status="2xx"} 1',
    'hookline_attempt_seconds_count{status="5xx"} 1',
    'hookline_delivery_seconds_count 2',
    'hookline_requests_in_flight 0',
    'hookline_queue_depth 1',
    'hookline_attempt_failures_total{cause="server_error"} 1',
    'hookline_attempt_failures_total{cause="timed_out"} 0',
    'hookline_integrations{state="failing"} 1',
    'hookline_integrations{state="well"} 0',
    'hookline_replays_running 0',
  ])
    expect(text.split('\n')).toContain(line);
  await store.close();
});

test('a store that cannot be read takes only its own number along', async () => {
  const store = await openTestStore();
  const world = await makeWorld(store);
  const registry = new Registry();
  registerEngineMetrics(registry, world.engine, world.db);
  await store.close();
  const lines = (await registry.metrics()).split('\n');
  expect(lines).toContain('hookline_queue_depth Nan');
  expect(lines).toContain('hookline_integrations{state="well"} Nan');
  expect(lines).toContain('hookline_requests_in_flight 0');
});
