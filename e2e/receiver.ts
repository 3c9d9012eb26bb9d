import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { RECEIVER_DOMAIN } from './instance.ts';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  /** For a webhook's URL: a public-looking name that leads here. */
  url: string;
  /** Every request so far, oldest first. */
  received: Received[];
  /** The next request that has not been handed out yet; waits for it. */
  next(): Promise<Received>;
  /** Waits until so many requests have come in all; false when given up. */
  reached(count: number, giveUp?: AbortSignal): Promise<boolean>;
  /** What to answer from now on; 200 unless said. */
  answerWith(status: number, body?: string, headers?: Record<string, string>): void;
  /** Nobody gets an answer until the returned function is called. */
  hold(): () => void;
  close(): Promise<void>;
}

/** A webhook's other end, as a real HTTP server on loopback. */
export async function startReceiver(name: string): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: ((request: Received) => void)[] = [];
  const fresh: Received[] = [];
  const arrivals = new EventEmitter();
  let answer: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: 'ok' };
  let gate: Promise<void> = Promise.resolve();

  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const one = { method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(pieces).toString() };
    received.push(one);
    arrivals.emit('arrival');
    await gate;
    response.writeHead(answer.status, { 'content-type': 'text/plain', ...answer.headers }).end(answer.body);
    const taker = waiting.shift();
    if (taker) taker(one);
    else fresh.push(one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://${name}.${RECEIVER_DOMAIN}:${(server.address() as { port: number }).port}/hook`,
    received,
    next: () => {
      const one = fresh.shift();
      return one ? Promise.resolve(one) : new Promise((resolve) => waiting.push(resolve));
    },
    reached: async (count, signal) => {
      while (received.length < count) {
        if (signal?.aborted) return false;
        await once(arrivals, 'arrival', { signal }).catch((error: Error) => {
          if (error.name !== 'AbortError') throw error;
        });
      }
      return true;
    },
    answerWith: (status, body = '', headers) => {
      answer = { status, body, headers };
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** As the vendor's documentation verifies: HMAC-SHA256 of the exact body. */
export function wandbSignature(secret: string, body: string, encoding: 'base64' | 'hex' = 'base64'): string {
  return createHmac('sha256', secret).update(body).digest(encoding);
}
