import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { sharedClock } from './client.ts';

/** What the bench asks of its receiver. */
export type ReceiverOrder = 'hold' | 'release' | 'count' | 'take';
/** `at` by execution: when its first request came. */
export type Arrivals = { count: number; duplicates: number; at: Record<string, number> };

// A webhook's other end in a process of its own; with "dead" as argument it accepts connections and never answers.
const arrived = new Map<string, number>();
let duplicates = 0;
let held: (() => void)[] | null = null;

function answering(): Server {
  return createServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    if (arrived.has(id)) duplicates++;
    else arrived.set(id, sharedClock());
    const answer = () => response.writeHead(200, { 'content-length': '2', 'content-type': 'text/plain' }).end('ok');
    request.resume().once('end', () => (held ? held.push(answer) : answer()));
  });
}

function silent(): TcpServer {
  return createTcpServer((socket) => socket.on('error', () => {}).resume());
}

const server = process.argv[2] === 'dead' ? silent() : answering();
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }));

process.on('message', (order: ReceiverOrder) => {
  if (order === 'hold') held = [];
  if (order === 'release') {
    for (const answer of held ?? []) answer();
    held = null;
  }
  const at = order === 'take' ? Object.fromEntries(arrived) : {};
  process.send!({ count: arrived.size, duplicates, at } satisfies Arrivals);
  if (order !== 'take') return;
  arrived.clear();
  duplicates = 0;
});
process.on('disconnect', () => process.exit(0));
