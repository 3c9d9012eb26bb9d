import { setTimeout as wait } from 'node:timers/promises';
import { makeArtifacts, moveArtifacts } from './demo-artifacts.ts';
import { makeAutomations } from './demo-automations.ts';
import { makeIntegrations, makePeople, type People } from './demo-people.ts';
import type { DemoReceiver } from './demo-receiver.ts';
import { batchOf, type DemoRun, EARLIER_RUNS, LATER_RUNS, LINES_PER_BATCH, LIVE_RUN, lineOf, logRun } from './demo-runs.ts';

const VISION = 'acme/vision';
const LIVE_LINE_EVERY_MS = 4000;
const LIVE_LINES = 400;

/** Makes a believable team at work, only through the REST API: everything that fires really fired. */
export async function fillDemo(port: number, adminKey: string, receiver: DemoReceiver): Promise<People> {
  const people = await makePeople(port, adminKey);
  await makeIntegrations(people, receiver);
  await Promise.all(EARLIER_RUNS.map((run) => logRun(people[run.user], VISION, run)));
  await makeArtifacts(people);
  await makeAutomations(people);
  await Promise.all(LATER_RUNS.map((run) => logRun(people[run.user], VISION, run)));
  await logRun(people.ana, VISION, LIVE_RUN);
  await moveArtifacts(people);
  await logRun(people.mei, 'acme/llm-evals', {
    id: 'z4k7rt2w',
    name: 'quiet-pine-88',
    user: 'mei',
    tags: ['nightly'],
    group: 'evals',
    floor: 0.5,
    batches: 2,
    end: 'finished',
  });
  return people;
}

/** Goes on logging one run after the other, so that pages have something to show live. */
export async function keepLogging(people: People, signal: AbortSignal): Promise<void> {
  let run: DemoRun = LIVE_RUN;
  let line = LIVE_RUN.batches * LINES_PER_BATCH;
  for (let count = 13; !signal.aborted; ) {
    await wait(LIVE_LINE_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return;
    await people.ana.send(VISION, { type: 'run.metrics', run: { id: run.id }, metrics: [lineOf(run, line++)] });
    if (line < LIVE_LINES) continue;
    await people.ana.send(VISION, { type: 'run.state', run: { id: run.id, state: 'finished' } });
    run = { ...LIVE_RUN, id: `live${count}`, name: `swift-fox-${count++}` };
    line = LINES_PER_BATCH;
    await people.ana.send(VISION, batchOf(run, 0));
  }
}
