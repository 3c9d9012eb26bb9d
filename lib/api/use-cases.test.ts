import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { USE_CASES } from '#lib/domain/use-cases.ts';
import { useCasesGuide } from '#lib/domain/use-cases-guide.testing.ts';
import { egressTo } from '#lib/services/testing.ts';
import type { Store } from '#lib/store/connect.ts';
import { openTestStore } from '#lib/store/testing.ts';
import { automationRoutes } from './routes/automations.ts';
import { eventRoutes } from './routes/events.ts';
import { slackChannelRoutes } from './routes/slack-channels.ts';
import { makeWorld, type World } from './testing-world.ts';
import { HAPPENINGS, type Step } from './use-case-happenings.testing.ts';

const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'use-cases.md');
/** The document that stands under the use case's heading. */
function documentOf(title: string): object {
  const guide = readFileSync(GUIDE, 'utf8');
  const chapter = guide.split(/^## /m).find((text) => text.startsWith(`${title}\n`))!;
  const { kind, ...document } = parse(/```yaml\n([\s\S]*?)^```/m.exec(chapter)![1]!) as { kind: string };
  expect(kind).toBe('automation');
  return document;
}

test('the guide says what the wizard’s templates are', async () => {
  await expect(useCasesGuide()).toMatchFileSnapshot(GUIDE);
});

test.each(USE_CASES)('$id: from what happens to the request that arrives', async ({ id, title }) => {
  const { before = [], steps, received } = HAPPENINGS[id]!;
  const { world, receiver, close } = await openWorld();
  const send = async (step: Step) => {
    if ('wait' in step) {
      world.advance(step.wait);
      await world.platform.engine.scheduler.tick();
      return;
    }
    expect(await world.call('jonas', 'POST', '/projects/acme/vision/events', step)).toMatchObject({ status: 202 });
  };
  for (const step of before) await send(step);
  const made = await world.call('ana', 'POST', '/automations', documentOf(title));
  expect(made.status, made.text ?? '').toBe(201);
  for (const step of steps) await send(step);
  await world.platform.engine.worker.idle();
  expect(receiver.requests).toHaveLength(1);
  const body = receiver.requests[0]!.body.toString();
  for (const text of received) expect(body).toContain(text);
  await close();
});

let receiver: Receiver;
const worlds: Store[] = [];
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(async () => {
  receiver.close();
  for (const opened of worlds) await opened.close();
});

async function openWorld(): Promise<{ world: World; receiver: Receiver; close: () => Promise<void> }> {
  const store = await openTestStore();
  worlds.push(store);
  receiver.requests.length = 0;
  const url = `http://hook.example:${receiver.port}`;
  const routes = [...automationRoutes, ...eventRoutes, ...slackChannelRoutes];
  const world = await makeWorld(store, routes, { egress: egressTo({ 'hook.example': ['127.0.0.1'] }) });
  await world.webhook(world.entities.acme, 'deploy-hook', { url: `${url}/deploy` });
  const channel = await world.call('ana', 'POST', '/teams/acme/slack-channels', { name: 'ml-alerts', webhookUrl: `${url}/slack` });
  expect(channel.status, channel.text ?? '').toBe(201);
  return { world, receiver, close: () => world.platform.engine.stop() };
}
