import { afterEach, expect, inject, test } from 'vitest';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { cloneTemplate, type TestStore } from '#lib/store/testing-databases.ts';
import { type CutProxy, startCutProxy } from '../../scripts/test/cut-proxy.ts';
import { delivered, makeWorld } from './testing.ts';

const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } };
const postgres = inject('postgres');

let proxy: CutProxy;
let opened: TestStore;

async function storeBehindProxy() {
  if (postgres.kind === 'missing') throw new Error(postgres.reason);
  const url = new URL(postgres.url);
  proxy = await startCutProxy(Number(url.port));
  url.port = String(proxy.port);
  opened = await cloneTemplate(url.href);
  return opened.store;
}
afterEach(async () => {
  await opened.store.close();
  await opened.drop();
  await proxy.close();
});

test('what was claimed on a connection that broke at its commit is let go and sent, also while other work is renewed', async () => {
  const held: ((outcome: DeliveryOutcome) => void)[] = [];
  const world = await makeWorld(await storeBehindProxy(), { maxConcurrent: 2 });
  await world.automate('artifact.created');
  await world.engine.worker.stop(); // it only takes events
  const { worker } = world.newEngine('worker-2', () => new Promise((resolve) => held.push(resolve)));
  await world.send(created);
  await worker.sweep();
  await expect.poll(() => held.length).toBe(1);

  await world.send(created);
  proxy.loseAnswerTo('\u000bcommit'); // with the length of its message: a setting has the word in its name
  await worker.sweep();
  await expect.poll(() => world.faults.length).toBe(1);
  expect((await world.readExecutions()).map(({ status, worker: holder }) => [status, holder])).toEqual([
    ['running', 'worker-2'],
    ['running', 'worker-2'],
  ]);

  for (let looks = 0; looks < 2; looks++) {
    world.clock.advance(2000);
    await worker.renew();
  }
  await worker.sweep();
  await expect.poll(() => held.length).toBe(2);
  expect(world.sent[1]).toMatchObject({ number: 2, try: 1 });
  for (const answer of held) answer(delivered);
  await worker.idle();
  expect((await world.readExecutions()).map(({ status }) => status)).toEqual(['finished', 'finished']);
  expect(await world.db.selectFrom('target_slots').selectAll().execute()).toEqual([]);
});
