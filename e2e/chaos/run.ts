import { type Cluster, type Shape, startCluster } from './cluster.ts';
import { type CountingReceiver, startCountingReceiver } from './counting-receiver.ts';
import { arrangeLoad, type Load } from './load.ts';

export interface ChaosReport {
  kills: number;
  /** Events answered with 202. */
  accepted: number;
  /** Of those, the ones whose webhook came at least once, and never. */
  received: number;
  lost: number;
  /** Requests beyond the first of an event. At least once is the promise. */
  duplicates: number;
  /** Of those, the ones that no kill explains. */
  unexplained: number;
  /** The most that one kill made double; no more than the webhook may have in flight. */
  mostForOneKill: number;
  /** From the last event that was accepted to the last webhook that came for the first time. */
  lastAfterMs: number;
  /** From the restart being ready to the last of what its predecessor had held coming again. */
  restartMs: number;
  /** From a kill without restart to the last of what the dead process had held coming again; null with one process. */
  takeOverMs: number | null;
}

export interface ChaosOptions {
  shape: Shape;
  /** At random moments under load. */
  kills: number;
  /** Queued when the first kill comes. */
  backlog: number;
  random: () => number;
  say?: (sentence: string) => void;
}

const MAX_IN_FLIGHT = 64;
const PATIENCE_MS = 90_000;

/** Kills processes without warning while events come and webhooks go, and tells what became of them. */
export async function chaosRun({ shape, kills, backlog, random, say = () => {} }: ChaosOptions): Promise<ChaosReport> {
  const receiver = await startCountingReceiver(`chaos-${Math.floor(random() * 1e9)}`, random);
  const cluster = await startCluster(shape);
  try {
    const load = await arrangeLoad(cluster, receiver);
    const done: Kill[] = [];
    const restartMs = await killAll(cluster, load, receiver, backlog, done);
    say(`${shape.name}: with ${backlog} queued, a restart had all it found in flight sent again after ${Math.round(restartMs)} ms`);

    const running = load.run();
    for (let kill = 1; kill <= kills; kill++) {
      const awaited = receiver.requests() + 1 + Math.floor(random() * 150);
      if (!(await receiver.until(() => receiver.requests() >= awaited, PATIENCE_MS))) throw new Error('Nothing arrives any more.');
      const victim = cluster.processes[Math.floor(random() * cluster.processes.length)]!;
      done.push(await killing(() => victim.end('SIGKILL')));
      await victim.restart();
      say(`${shape.name}: ${kill} of ${kills} kills, ${load.accepted.size} accepted, ${receiver.requests()} arrived`);
    }
    await running.stop();
    const takeOverMs = cluster.workers.length > 0 ? await killOne(cluster, load, receiver, done) : null;
    await receiver.until(() => [...load.accepted].every((n) => receiver.seen.has(n)), PATIENCE_MS);
    await receiver.until(() => receiver.open().length === 0, PATIENCE_MS);
    return { ...summarize(load, receiver, done), restartMs, takeOverMs };
  } finally {
    await cluster.remove();
    await receiver.close();
  }
}

const RESTART_MS = 2000;
/** The lease, and the time to notice its end. */
const TAKE_OVER_MS = 10_000 + 2000;

/** What the run shows that may not be, in sentences. */
export function faultsOf(report: ChaosReport): string[] {
  const { lost, unexplained, mostForOneKill, restartMs, takeOverMs } = report;
  return [
    lost > 0 && `${lost} accepted events were lost`,
    unexplained > 0 && `${unexplained} webhooks came twice without a kill between`,
    mostForOneKill > MAX_IN_FLIGHT && `one kill made ${mostForOneKill} webhooks double; ${MAX_IN_FLIGHT} may be in flight`,
    restartMs > RESTART_MS && `a restart took ${Math.round(restartMs)} ms to take up what it found`,
    takeOverMs !== null && takeOverMs > TAKE_OVER_MS && `another process took ${Math.round(takeOverMs)} ms to take up what a dead one held`,
  ].filter((fault) => fault !== false);
}

/** When it began, and when everything that the dead had sent was read. */
type Kill = { from: number; to: number };

const READ_THE_REST_MS = 100;

async function killing(kill: () => Promise<unknown>): Promise<Kill> {
  const from = performance.now();
  await kill();
  await new Promise((resolve) => setTimeout(resolve, READ_THE_REST_MS));
  return { from, to: performance.now() };
}

/** Less than a delivery may take, more than a kill and a restart do. */
const SLOW_MS = 6000;

/** Fills the queue of a webhook whose receiver is slow; answers when its limit is in flight. */
async function fillUp(load: Load, receiver: CountingReceiver, count: number): Promise<void> {
  receiver.answerAfter(SLOW_MS);
  await load.send(count);
  await receiver.until(() => receiver.open().length >= Math.min(MAX_IN_FLIGHT, count), PATIENCE_MS);
}

/** Everything dies in the middle and is started again. */
async function killAll(cluster: Cluster, load: Load, receiver: CountingReceiver, backlog: number, kills: Kill[]): Promise<number> {
  await fillUp(load, receiver, backlog);
  kills.push(await killing(() => Promise.all(cluster.processes.map((one) => one.end('SIGKILL')))));
  const again = whenAgain(receiver, cutOff(receiver));
  receiver.answerAfter(null);
  await Promise.all(cluster.processes.map((one) => one.restart()));
  const readyAt = performance.now();
  return Math.max(0, (await again) - readyAt);
}

/** One dies in the middle and stays dead until the others have sent what it held. */
async function killOne(cluster: Cluster, load: Load, receiver: CountingReceiver, kills: Kill[]): Promise<number> {
  for (const victim of cluster.processes) {
    await fillUp(load, receiver, 4 * MAX_IN_FLIGHT);
    const kill = await killing(() => victim.end('SIGKILL'));
    kills.push(kill);
    const held = cutOff(receiver);
    receiver.answerAfter(null);
    const again = held.length > 0 ? await whenAgain(receiver, held) : null;
    await victim.restart();
    if (again !== null) return again - kill.from; // or this one had nothing in hand
  }
  throw new Error('No process held anything.');
}

const cutOff = (receiver: CountingReceiver) => [...receiver.seen].filter(([, { cutOff }]) => cutOff).map(([n]) => n);

/** When the last of these came for the second time. */
async function whenAgain(receiver: CountingReceiver, held: readonly number[]): Promise<number> {
  const counts = new Map(held.map((n) => [n, receiver.seen.get(n)!.at.length]));
  const cameAgain = (n: number) => receiver.seen.get(n)!.at.length > counts.get(n)!;
  if (!(await receiver.until(() => held.every(cameAgain), PATIENCE_MS))) throw new Error('What was in flight did not come again.');
  return Math.max(...held.map((n) => receiver.seen.get(n)!.at[counts.get(n)!]!));
}

function summarize(load: Load, receiver: CountingReceiver, kills: readonly Kill[]): Omit<ChaosReport, 'restartMs' | 'takeOverMs'> {
  const perKill = new Map<Kill, number>();
  let duplicates = 0;
  let unexplained = 0;
  for (const { at } of receiver.seen.values()) {
    for (let index = 1; index < at.length; index++) {
      duplicates++;
      const kill = kills.find(({ to }) => to >= at[index - 1]!);
      if (kill === undefined || kill.from > at[index]!) unexplained++;
      else perKill.set(kill, (perKill.get(kill) ?? 0) + 1);
    }
  }
  const received = [...load.accepted].filter((n) => receiver.seen.has(n));
  const lastFirst = Math.max(...received.map((n) => receiver.seen.get(n)!.at[0]!));
  return {
    kills: kills.length,
    accepted: load.accepted.size,
    received: received.length,
    lost: load.accepted.size - received.length,
    duplicates,
    unexplained,
    mostForOneKill: Math.max(0, ...perKill.values()),
    lastAfterMs: lastFirst - load.lastAcceptedAt(),
  };
}
