import { type BenchClient, openClient, sharedClock } from './client.ts';
import { type BenchInstance, cpuMsOf, startInstance } from './instance.ts';
import { asFastAsPossible, atRate } from './loops.ts';
import { type BenchReceiver, startNames, startReceiver } from './receiver.ts';
import { type Measurement, percentiles, type Scenario } from './scenario.ts';

/** Events over HTTP into the product as it starts, webhooks out to receivers in other processes; durable, signed, recorded. */
export const deliveryScenarios: readonly Scenario[] = [
  { name: 'deliveries', run: () => onOneInstance(eventsToWebhooks) },
  { name: 'backlog', run: () => onOneInstance(backlog) },
  { name: 'dead webhook', run: () => onOneInstance(besideDeadWebhook) },
];

export interface Line {
  instances: readonly BenchInstance[];
  /** One for each instance. */
  clients: readonly BenchClient[];
  receiver: BenchReceiver;
}

const SENDERS = 48;
const WARM_UP_SECONDS = 3;
const SECONDS = 10;
const LATENCY_RATE = 50;
const LATENCY_SECONDS = 20;
const BACKLOG = 10_000;

async function onOneInstance(measure: (line: Line) => Promise<Measurement[]>): Promise<Measurement[]> {
  const names = await startNames();
  const instance = await startInstance(names.variables);
  try {
    return await withReceiver([instance], measure);
  } finally {
    await instance.stop();
    names.stop();
  }
}

/** Instances on one store, of which each is sent its share. */
export async function withReceiver(
  instances: readonly BenchInstance[],
  measure: (line: Line) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const receiver = await startReceiver();
  const clients = instances.map((instance) => openClient(instance, SENDERS));
  try {
    await arrange(clients[0]!, instances[0]!.team, 'hook', receiver.url);
    return await measure({ instances, clients, receiver });
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    receiver.stop();
  }
}

/** Several projects, as one automation fires 10,000 times a minute at most. */
const PROJECTS = 16;

/** A webhook with token and signature, and in each project an automation that calls it when a run fails. */
export async function arrange(client: BenchClient, team: string, webhook: string, url: string): Promise<void> {
  const secrets = {
    [`${webhook}_token`]: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    [`${webhook}_key`]: `whsec_${'TmV2ZXIgZ29u'.repeat(3)}`,
  };
  for (const [name, value] of Object.entries(secrets)) await client.post(`/api/v1/teams/${team}/secrets`, { name, value });
  const [accessTokenSecret, signingSecret] = Object.keys(secrets);
  await client.post(`/api/v1/teams/${team}/webhooks`, { name: webhook, url, accessTokenSecret, signingSecret, maxConcurrent: 64 });
  for (let index = 0; index < PROJECTS; index++) {
    const project = `${webhook}-${index}`;
    await client.post('/api/v1/projects', { entity: team, name: project });
    await client.post('/api/v1/automations', {
      name: 'Tell of failed runs',
      scope: { project: `${team}/${project}` },
      on: 'run.state',
      filter: { states: ['failed'] },
      action: { webhook, payload: { run: '${run_name}', state: '${run_status}', at: '${timestamp}', link: '${run_url}' } },
      maxFiringsPerMinute: 10_000,
    });
  }
}

let runs = 0;
const failedRun = () => ({ type: 'run.state', run: { id: `r${++runs}`, state: 'failed' } });

/** Sends one event; notes by execution when it was sent. */
async function sendOne({ instances, clients }: Line, webhook: string, sentAt: Map<string, number>, since?: number): Promise<void> {
  const event = failedRun();
  const body = JSON.stringify(event);
  const at = since ?? sharedClock();
  const client = clients[runs % clients.length]!;
  const answer = await client.send(`/api/v1/projects/${instances[0]!.team}/${webhook}-${runs % PROJECTS}/events`, body);
  const [execution] = JSON.parse(answer).executions as string[];
  if (execution === undefined) throw new Error(`An event made no execution: ${answer}`);
  sentAt.set(execution, at);
}

/** From each event's sending to its webhook's arrival; every one must have come, once. */
async function latencies(receiver: BenchReceiver, sentAt: ReadonlyMap<string, number>): Promise<number[]> {
  await receiver.reached(sentAt.size);
  const { at, duplicates } = await receiver.take();
  if (duplicates > 0) throw new Error(`${duplicates} webhooks came twice.`);
  return Array.from(sentAt, ([execution, sent]) => at[execution]! - sent);
}

async function steadily(line: Line, webhook: string, perSecond: number, seconds: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  await atRate(perSecond, seconds, (_, dueAt) => sendOne(line, webhook, sentAt, dueAt));
  return latencies(line.receiver, sentAt);
}

export interface Burst {
  perSecond: number;
  cpuMicroseconds: number;
}

/** As many events as are taken, until the last of their webhooks is there. */
export async function burst(line: Line, webhook: string, seconds: number): Promise<Burst> {
  const sentAt = new Map<string, number>();
  const cpuBefore = cpuMsOf(line.instances);
  const since = sharedClock();
  const count = await asFastAsPossible(SENDERS, seconds, () => sendOne(line, webhook, sentAt));
  await line.receiver.reached(count);
  const perSecond = (count / (sharedClock() - since)) * 1000;
  const cpuMicroseconds = ((cpuMsOf(line.instances) - cpuBefore) / count) * 1000;
  await latencies(line.receiver, sentAt);
  return { perSecond, cpuMicroseconds };
}

export async function eventsToWebhooks(line: Line): Promise<Measurement[]> {
  await burst(line, 'hook', WARM_UP_SECONDS);
  const slowly = await steadily(line, 'hook', LATENCY_RATE, LATENCY_SECONDS);
  const { perSecond, cpuMicroseconds } = await burst(line, 'hook', SECONDS);
  const half = await steadily(line, 'hook', perSecond / 2, SECONDS);
  return [
    ...percentiles(`event sent to webhook received, ${LATENCY_RATE} a second`, slowly),
    { name: 'single events to webhooks, sustained', value: perSecond, unit: '/s' },
    { name: 'processor time of the server for each', value: cpuMicroseconds, unit: 'µs' },
    ...percentiles('event sent to webhook received, half that rate', half),
  ];
}

/** Waits until the instance has recorded everything: with the last webhook's arrival its result is not written yet. */
export async function settled(client: BenchClient): Promise<void> {
  for (const status of ['running', 'pending']) {
    while ((await client.get<{ items: unknown[] }>(`/api/v1/executions?limit=1&status=${status}`)).items.length > 0);
  }
}

async function backlog(line: Line): Promise<Measurement[]> {
  await burst(line, 'hook', WARM_UP_SECONDS);
  const { receiver, instances } = line;
  const [client] = line.clients;
  const { team } = instances[0]!;
  await settled(client!);
  const rates: number[] = [];
  let cpu = 0;
  for (let round = 0; round < 3; round++) {
    await receiver.hold();
    for (let sent = 0; sent < BACKLOG; sent += 500) {
      await client!.post(`/api/v1/projects/${team}/hook-${(sent / 500) % PROJECTS}/events`, Array.from({ length: 500 }, failedRun));
    }
    const before = cpuMsOf(instances);
    const since = sharedClock();
    await receiver.release();
    await receiver.reached(BACKLOG);
    await settled(client!);
    rates.push((BACKLOG / (sharedClock() - since)) * 1000);
    cpu += cpuMsOf(instances) - before;
    await receiver.take();
  }
  return [
    { name: 'deliveries over a backlog of 10,000', value: rates.toSorted((a, b) => a - b)[1]!, unit: '/s' },
    { name: 'processor time of the server for each', value: (cpu / 3 / BACKLOG) * 1000, unit: 'µs' },
  ];
}

async function besideDeadWebhook(line: Line): Promise<Measurement[]> {
  const { instances, clients } = line;
  const { team } = instances[0]!;
  const dead = await startReceiver('dead');
  try {
    await arrange(clients[0]!, team, 'dead', dead.url);
    await burst(line, 'hook', WARM_UP_SECONDS);
    const alone = await steadily(line, 'hook', LATENCY_RATE, LATENCY_SECONDS);
    for (let sent = 0; sent < BACKLOG; sent += 500) {
      await clients[0]!.post(`/api/v1/projects/${team}/dead-${(sent / 500) % PROJECTS}/events`, Array.from({ length: 500 }, failedRun));
    }
    const beside = await steadily(line, 'hook', LATENCY_RATE, LATENCY_SECONDS);
    const [before, after] = [percentiles('webhook received, alone', alone), percentiles('the same, 10,000 waiting for a dead one', beside)];
    return [...before, ...after, { name: '99 %, ratio (at most 1.5)', value: after[1]!.value / before[1]!.value, unit: 'times' }];
  } finally {
    dead.stop();
  }
}
