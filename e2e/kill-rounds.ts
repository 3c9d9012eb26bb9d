import { randomBytes } from 'node:crypto';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { type Receiver, startReceiver } from './receiver.ts';

export interface KillReport {
  /** Executions whose event was answered with 202. */
  accepted: number;
  /** Of those, the ones that never reached the receiver. */
  lost: number;
  /** Requests beyond the first of an execution: at least once is the promise. */
  duplicates: number;
  kills: number;
}

interface KillRounds {
  rounds: number;
  eventsPerRound: number;
  say?: (sentence: string) => void;
}

const KEY = randomBytes(20).toString('hex');
const PROJECT = 'chaos/line';
const SENDERS = 16;
const ALL_ARRIVED_WITHIN_MS = 60_000;

/** Each round queues deliveries to a receiver that does not answer, kills the server without warning and starts it again. */
export async function killRounds({ rounds, eventsPerRound, say = () => {} }: KillRounds): Promise<KillReport> {
  const receiver = await startReceiver('chaos');
  const server = await startOwnServer(VARIABLES);
  const accepted: string[] = [];
  try {
    await arrange(server, receiver);
    for (let round = 1; round <= rounds; round++) {
      const before = receiver.received.length;
      const release = receiver.hold();
      accepted.push(...(await sendMany(server, round, eventsPerRound)));
      await receiver.reached(before + 1);
      await server.kill();
      release();
      await server.restart();
      say(`kill ${round} of ${rounds}: ${accepted.length} accepted, ${receiver.received.length} requests arrived`);
    }
    const lost = await lostAfterAll(accepted, receiver);
    return { accepted: accepted.length, lost, duplicates: receiver.received.length - (accepted.length - lost), kills: rounds };
  } finally {
    await server.remove();
    await receiver.close();
  }
}

const VARIABLES = {
  HOOKLINE_ADMIN_USERNAME: 'admin',
  HOOKLINE_ADMIN_PASSWORD: 'correct horse battery staple',
  HOOKLINE_ADMIN_API_KEY: KEY,
  HOOKLINE_ORGANIZATION: 'Chaos',
  HOOKLINE_TEAM: 'chaos',
  HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8',
  HOOKLINE_ALLOW_HTTP: '1',
  HOOKLINE_DNS_SERVERS: `127.0.0.1:${process.env.E2E_DNS_PORT}`,
};

async function arrange(server: OwnServer, receiver: Receiver): Promise<void> {
  await post(server, '/teams/chaos/webhooks', { name: 'hook', url: receiver.url, maxConcurrent: 64 });
  await post(server, '/projects', { entity: 'chaos', name: 'line' });
  await post(server, `/projects/${PROJECT}/events`, { type: 'artifact.created', artifact: { collection: 'detector', type: 'model' } });
  await post(server, '/automations', {
    name: 'Every alias but the first',
    scope: { project: PROJECT },
    on: 'artifact.alias_added',
    filter: { alias: '^a' },
    action: { webhook: 'hook', payload: { alias: '${alias}' } },
    maxFiringsPerMinute: 10_000,
  });
}

async function sendMany(server: OwnServer, round: number, count: number): Promise<string[]> {
  const executions: string[] = [];
  let next = 0;
  const sender = async () => {
    while (next < count) {
      const alias = `a${round}-${next++}`;
      const event = { type: 'artifact.alias_added', artifact: { collection: 'detector', version: 0 }, alias };
      executions.push(...(await post<{ executions: string[] }>(server, `/projects/${PROJECT}/events`, event)).executions);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return executions;
}

async function post<Answer>({ url }: OwnServer, path: string, body: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return response.json() as Promise<Answer>;
}

/** Waits until each has arrived once; how many had not when time was up. */
async function lostAfterAll(accepted: readonly string[], receiver: Receiver): Promise<number> {
  const missing = new Set(accepted);
  const giveUp = AbortSignal.timeout(ALL_ARRIVED_WITHIN_MS);
  for (let seen = 0; missing.size > 0; seen++) {
    if (!(await receiver.reached(seen + 1, giveUp))) break;
    missing.delete(String(receiver.received[seen]!.headers['webhook-id']));
  }
  return missing.size;
}
