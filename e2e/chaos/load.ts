import { type Cluster, Refused } from './cluster.ts';
import type { CountingReceiver } from './counting-receiver.ts';

const PROJECT = 'chaos/line';
/** Each has an automation with its limit of 10,000 firings a minute. */
const SENDERS = 8;

export interface Load {
  /** Numbers of the events that were answered with 202. */
  accepted: Set<number>;
  /** Answers 503: how long the caller waited for it, and when to come again. */
  refusals: { tookMs: number; retryAfter: string | null }[];
  lastAcceptedAt(): number;
  /** Sends so many at once, no matter how often the server dies; answers when all are accepted. */
  send(count: number): Promise<void>;
  /** Sends one after the other until stopped. */
  run(): { stop(): Promise<void> };
}

export async function arrangeLoad(cluster: Cluster, receiver: CountingReceiver): Promise<Load> {
  await cluster.post('/teams/chaos/webhooks', { name: 'hook', url: receiver.url, maxConcurrent: 64 });
  await cluster.post('/projects', { entity: 'chaos', name: 'line' });
  for (let sender = 0; sender < SENDERS; sender++) {
    await cluster.post('/automations', {
      name: `Every version of line ${sender}`,
      scope: { project: PROJECT },
      on: 'artifact.created',
      filter: { collection: `^line-${sender}$` },
      action: { webhook: 'hook', payload: { n: '${artifact_metadata.n}' } },
      maxFiringsPerMinute: 10_000,
    });
  }

  const accepted = new Set<number>();
  const refusals: Load['refusals'] = [];
  let next = 0;
  let lastAcceptedAt = 0;

  /** The same ids again after every failure: whether the server had taken them before it died is not known. */
  async function send(sender: number, count: number): Promise<void> {
    const numbers = Array.from({ length: count }, () => next++);
    const artifact = (n: number) => ({ collection: `line-${sender}`, type: 'model', metadata: { n } });
    const events = numbers.map((n) => ({ id: `event-${n}`, type: 'artifact.created', artifact: artifact(n) }));
    for (let isAccepted = false; !isAccepted; ) {
      const askedAt = performance.now();
      try {
        await cluster.post(`/projects/${PROJECT}/events`, events);
        isAccepted = true;
      } catch (error) {
        if (error instanceof Refused && error.status !== 503) throw error;
        if (error instanceof Refused) refusals.push({ tookMs: performance.now() - askedAt, retryAfter: error.retryAfter });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    for (const n of numbers) accepted.add(n);
    lastAcceptedAt = performance.now();
  }
  const bySenders = async (work: (sender: number) => Promise<void>) => {
    await Promise.all(Array.from({ length: SENDERS }, (_, sender) => work(sender)));
  };

  return {
    accepted,
    refusals,
    lastAcceptedAt: () => lastAcceptedAt,
    send: (count) => bySenders((sender) => send(sender, Math.ceil(count / SENDERS))),
    run: () => {
      let going = true;
      const done = bySenders(async (sender) => {
        while (going) await send(sender, 1);
      });
      return {
        stop: async () => {
          going = false;
          await done;
        },
      };
    },
  };
}
