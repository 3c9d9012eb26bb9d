import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { RECEIVER_DOMAIN } from '../instance.ts';

/** One event's webhook at the receiver. */
export interface Arrivals {
  /** When each request came. */
  at: number[];
  /** Requests that have no answer yet. */
  open: number;
  /** Whether the last one ended without its answer: its sender died. */
  cutOff: boolean;
}

export interface CountingReceiver {
  url: string;
  /** By the number that the event carries. */
  seen: Map<number, Arrivals>;
  requests(): number;
  /** Numbers of requests that wait for their answer. */
  open(): number[];
  /** Waits for something to come or go until the condition holds; false when given up. */
  until(condition: () => boolean, giveUpMs: number): Promise<boolean>;
  /** How long every answer takes from now on; null: up to 20 ms, as at first. */
  answerAfter(ms: number | null): void;
  close(): Promise<void>;
}

const QUICK_MS = 20;

/** Counts what comes by the number `n` in its body. */
export async function startCountingReceiver(name: string, random: () => number): Promise<CountingReceiver> {
  const seen = new Map<number, Arrivals>();
  const news = new EventEmitter().setMaxListeners(100);
  let requests = 0;
  let answerMs = () => random() * QUICK_MS;

  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const n = Number(JSON.parse(Buffer.concat(pieces).toString()).n);
    const arrivals = seen.get(n) ?? { at: [], open: 0, cutOff: false };
    seen.set(n, arrivals);
    arrivals.at.push(performance.now());
    arrivals.open++;
    arrivals.cutOff = false;
    requests++;
    response.once('close', () => {
      arrivals.open--;
      arrivals.cutOff ||= !response.writableFinished;
      news.emit('news');
    });
    news.emit('news');
    setTimeout(() => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'), answerMs());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://${name}.${RECEIVER_DOMAIN}:${(server.address() as { port: number }).port}/hook`,
    seen,
    requests: () => requests,
    open: () => [...seen].filter(([, { open }]) => open > 0).map(([n]) => n),
    until: async (condition, giveUpMs) => {
      const signal = AbortSignal.timeout(giveUpMs);
      while (!condition()) {
        if (signal.aborted) return false;
        await once(news, 'news', { signal }).catch((error: Error) => {
          if (error.name !== 'AbortError') throw error;
        });
      }
      return true;
    },
    answerAfter: (ms) => {
      answerMs = () => ms ?? random() * QUICK_MS;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
