import { type ChildProcess, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RECEIVER_DOMAIN } from '../e2e/instance.ts';
import { answerTo } from '../e2e/name-server.ts';
import type { Arrivals, ReceiverOrder } from './receiver-process.ts';

const POLL_MS = 5;

export interface BenchReceiver {
  /** For a webhook: a name that the product looks up, judges and finds on loopback. */
  url: string;
  hold(): Promise<void>;
  release(): Promise<void>;
  /** Waits until so many executions have come in; throws when none came for a while. */
  reached(count: number): Promise<void>;
  /** What came so far; begins anew. */
  take(): Promise<Arrivals>;
  stop(): void;
}

const GIVE_UP_MS = 30_000;

/** A receiver in a process of its own; one that is `dead` accepts connections and says nothing. */
export async function startReceiver(kind: 'well' | 'dead' = 'well'): Promise<BenchReceiver> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'receiver-process.ts'), [kind], { execArgv: [] });
  const answer = async <Message>() => (await once(child, 'message'))[0] as Message;
  const { port } = await answer<{ port: number }>();
  const ask = (order: ReceiverOrder) => {
    child.send(order);
    return answer<Arrivals>();
  };
  return {
    url: `http://${kind}.${RECEIVER_DOMAIN}:${port}/hook`,
    hold: async () => void (await ask('hold')),
    release: async () => void (await ask('release')),
    reached: async (count) => {
      let seen = -1;
      for (let since = performance.now(); ; ) {
        const { count: now } = await ask('count');
        if (now >= count) return;
        if (now !== seen) since = performance.now();
        if (performance.now() - since > GIVE_UP_MS) throw new Error(`${now} of ${count} webhooks arrived.`);
        seen = now;
        await wait(POLL_MS);
      }
    },
    take: () => ask('take'),
    stop: () => void child.kill('SIGKILL'),
  };
}

/** The variables with which an instance finds such receivers and may reach them, and the name server behind them. */
export async function startNames(): Promise<{ variables: Record<string, string>; stop(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => socket.send(answerTo(query), peer.port, peer.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const variables = {
    HOOKLINE_DNS_SERVERS: `127.0.0.1:${socket.address().port}`,
    HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8',
    HOOKLINE_ALLOW_HTTP: '1',
  };
  return { variables, stop: () => void socket.close() };
}
