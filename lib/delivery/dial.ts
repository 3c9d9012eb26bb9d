import net from 'node:net';
import tls from 'node:tls';
import { normalizeAddress } from './egress-addresses.ts';

export type DialTarget = { host: string; port: number; secure: boolean };
export type DialOptions = {
  /** For TCP and TLS together, over all addresses. */
  timeoutMs: number;
  /** Certificate authorities instead of the built-in ones. */
  ca?: readonly string[];
  now: () => number;
};

export type Dialled = { kind: 'dialled'; socket: net.Socket; address: string; connectMs: number; tlsMs?: number };
export type DialFailure = {
  kind: 'failed';
  phase: 'connect' | 'tls';
  /** Null when time ran out. */
  error: NodeJS.ErrnoException | null;
  address: string;
  connectMs: number;
  tlsMs?: number;
};

const MAX_ADDRESSES = 4;

/** Connects to one of the addresses that were judged, and to nothing else: no name is looked up here. They are tried in turn, each with its share of the time. */
export async function dial(target: DialTarget, addresses: readonly string[], options: DialOptions): Promise<Dialled | DialFailure> {
  const started = options.now();
  const tried = addresses.slice(0, MAX_ADDRESSES);
  let failure: DialFailure | undefined;
  for (const [index, address] of tried.entries()) {
    const left = options.timeoutMs - (options.now() - started);
    if (left <= 0) break;
    const socket = net.connect({ host: address, port: target.port, noDelay: true, autoSelectFamily: false });
    const error = await settled(socket, 'connect', left / (tried.length - index));
    const connectMs = options.now() - started;
    if (error === undefined && normalizeAddress(socket.remoteAddress ?? '') === normalizeAddress(address))
      return target.secure
        ? await secure(target, socket, { address, connectMs }, { ...options, timeoutMs: options.timeoutMs - connectMs })
        : { kind: 'dialled', socket, address, connectMs };
    socket.destroy();
    // A host that refuses on IPv4 has told more than one that cannot be reached on IPv6.
    if (!failure || isUnreachable(failure.error))
      failure = { kind: 'failed', phase: 'connect', error: error === undefined ? wrongPeer() : error, address, connectMs };
  }
  return failure ?? { kind: 'failed', phase: 'connect', error: null, address: tried[0] ?? '', connectMs: options.now() - started };
}

async function secure(
  target: DialTarget,
  socket: net.Socket,
  peer: { address: string; connectMs: number },
  options: DialOptions,
): Promise<Dialled | DialFailure> {
  const started = options.now();
  const secured = tls.connect({
    socket,
    host: target.host, // what the certificate must be for
    ...(net.isIP(target.host) === 0 && { servername: target.host }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true, // said aloud, because the environment can switch the default off
    ...(options.ca && { ca: [...options.ca] }),
  });
  const error = await settled(secured, 'secureConnect', options.timeoutMs);
  const tlsMs = options.now() - started;
  if (error === undefined) return { kind: 'dialled', socket: secured, ...peer, tlsMs };
  secured.destroy();
  socket.destroy();
  return { kind: 'failed', phase: 'tls', error, ...peer, tlsMs };
}

/** Undefined once the event came, the error if one came first, null when time ran out. */
function settled(
  socket: net.Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
): Promise<NodeJS.ErrnoException | null | undefined> {
  return new Promise((settle) => {
    const finish = (result: NodeJS.ErrnoException | null | undefined) => {
      clearTimeout(timer);
      socket.off(event, onEvent).off('close', onClose);
      settle(result);
    };
    const onEvent = () => finish(undefined);
    const onClose = () => finish(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' }));
    const timer = setTimeout(finish, timeoutMs, null);
    socket.once(event, onEvent).once('close', onClose).on('error', finish);
  });
}

const isUnreachable = (error: NodeJS.ErrnoException | null) => ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'].includes(error?.code ?? '');

const wrongPeer = (): NodeJS.ErrnoException =>
  Object.assign(new Error('Connected to another address than the one judged.'), { code: 'EPEER' });
