import http from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';

export type Received = { method: string; path: string; headers: http.IncomingHttpHeaders; body: Buffer };
export type Receiver = { port: number; requests: Received[]; connections: () => number; close(): void };

/** An HTTP receiver on loopback that remembers what it got and answers as told. */
export async function startReceiver(
  answer: (response: http.ServerResponse, request: Received) => void = (response) => response.end('ok'),
): Promise<Receiver> {
  const requests: Received[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
    requests.push(received);
    answer(response, received);
  });
  return { ...(await listen(server)), requests };
}

/** A receiver that speaks bytes: `onRequest` gets the socket once the request's head has come. */
export async function startRawReceiver(
  onRequest: (socket: Socket) => void,
  onConnection?: (socket: Socket) => void,
): Promise<Omit<Receiver, 'requests'>> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy()); // the other side may hang up at any moment
    onConnection?.(socket);
    let seen = '';
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (!seen.includes('\r\n\r\n')) return;
      seen = '';
      onRequest(socket);
    });
  });
  return listen(server);
}

export async function listen(server: Server): Promise<Omit<Receiver, 'requests'>> {
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
