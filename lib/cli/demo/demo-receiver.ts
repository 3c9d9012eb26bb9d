import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The name under which this process alone reaches its receiver. */
export const RECEIVER_HOST = 'receiver.demo';

export interface DemoReceiver {
  /** `http://receiver.demo:<port>/<path>` */
  url(path: string): string;
  /** A URL of the same host where nothing listens. */
  deadUrl(path: string): string;
  close(): void;
}

/** Services that a team would call, on loopback: quick, slow, gone for good, and one that is unwell at first. */
export async function startDemoReceiver(): Promise<DemoReceiver> {
  const seen = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response, seen));
  });
  const port = await listenOnLoopback(server);
  const unused = createServer();
  const deadPort = await listenOnLoopback(unused);
  await new Promise((resolve) => unused.close(resolve));
  return {
    url: (path) => `http://${RECEIVER_HOST}:${port}/${path}`,
    deadUrl: (path) => `http://${RECEIVER_HOST}:${deadPort}/${path}`,
    close: () => void server.close(),
  };
}

function answer({ url = '', headers }: IncomingMessage, response: ServerResponse, seen: Map<string, number>): void {
  const send = (status: number, body: object | string, afterMs: number) =>
    setTimeout(() => {
      response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    }, afterMs);
  if (url.startsWith('/slack/')) return void send(200, 'ok', 90);
  if (url.startsWith('/model-catalog')) return void send(410, { error: 'This catalog has moved to the platform team.' }, 60);
  if (url.startsWith('/quality-gate')) {
    const id = String(headers['webhook-id']);
    const tries = (seen.get(id) ?? 0) + 1;
    seen.set(id, tries);
    return void (tries === 1 ? send(503, { error: 'Starting up, try again.' }, 120) : send(200, { gate: 'passed' }, 210));
  }
  if (url.startsWith('/retrain')) return void send(202, { queued: true, position: 1 }, 45);
  send(200, { deployment: 'started' }, 180);
}

function listenOnLoopback(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
