import net, { type AddressInfo, type Socket } from 'node:net';

/** pass: forwards. hang: takes connections and bytes, forwards nothing, closes nothing. drop: ends every connection. refuse: nobody listens. */
type ProxyMode = 'pass' | 'hang' | 'drop' | 'refuse';

export interface CutProxy {
  port: number;
  switchTo(mode: ProxyMode): Promise<void>;
  /** What was connected stays silent for good, as when a firewall forgets it; new connections pass. */
  forgetConnections(): void;
  /** The next connection that says this word is ended once the other side has heard it: what comes back is lost. */
  loseAnswerTo(word: string): void;
  close(): Promise<void>;
}

/** A TCP proxy on loopback in front of a port, which a test can cut in the ways a network fails. */
export async function startCutProxy(targetPort: number): Promise<CutProxy> {
  let mode: ProxyMode = 'pass';
  let port = 0;
  let lost: string | null = null;
  const pairs = new Set<[near: Socket, far: Socket]>();
  const forgotten = new WeakSet<[near: Socket, far: Socket]>();

  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    if (mode === 'drop') return near.destroy();
    const far = net.connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [from, to] of [pair, pair.toReversed() as [Socket, Socket]]) {
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
    near.on('data', (bytes: Buffer) => {
      if (lost === null || !bytes.includes(lost)) return;
      lost = null;
      far.unpipe(near);
      far.once('data', () => near.destroy()).resume();
    });
    near.on('close', () => pairs.delete(pair));
    if (mode === 'hang') silence(pair);
  });
  const listen = async () => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const endAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const stopListening = () => new Promise<void>((resolve) => server.close(() => resolve()));

  await listen();
  return {
    get port() {
      return port;
    },
    async switchTo(next) {
      if (mode === 'refuse' && next !== 'refuse') await listen();
      mode = next;
      if (next === 'drop' || next === 'refuse') endAll();
      if (next === 'refuse') await stopListening();
      for (const pair of pairs) (next === 'hang' || forgotten.has(pair) ? silence : speak)(pair);
    },
    forgetConnections() {
      for (const pair of pairs) {
        silence(pair);
        forgotten.add(pair);
      }
    },
    loseAnswerTo(word) {
      lost = word;
    },
    async close() {
      endAll();
      if (mode !== 'refuse') await stopListening();
    },
  };
}

function silence([near, far]: [Socket, Socket]): void {
  near.unpipe(far).pause();
  far.unpipe(near).pause();
}

function speak([near, far]: [Socket, Socket]): void {
  silence([near, far]);
  near.pipe(far);
  far.pipe(near);
}
