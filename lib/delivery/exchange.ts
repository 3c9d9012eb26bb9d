import type { HeaderList, HttpTimings, ReceivedResponse } from '#lib/domain/delivery-outcome.ts';
import { type Connection, createConnections } from './connections.ts';
import { dial } from './dial.ts';
import { type EgressPolicy, type EgressRefusal, hostOf, judgeAddresses, judgeUrl, portOf } from './egress-policy.ts';
import { type RawAnswer, requestOn } from './request-on.ts';
import type { HostResolver } from './resolve-host.ts';
import { decodeBody } from './response-body.ts';

export type ExchangeRequest = {
  url: string;
  headers: HeaderList;
  body: Buffer;
  /** Whether it is sent for a personal entity, which reaches public addresses only. */
  personal: boolean;
  /** The address comes from the environment (a Slack-compatible server), not from a user: it is not judged. */
  fromOperator?: boolean;
};

export type ExchangeFailure =
  | { phase: 'judge'; refusal: EgressRefusal }
  | { phase: 'dns'; code: 'name_not_found' | 'dns_failed' | 'dns_timeout' }
  /** `error` is null when time ran out. */
  | { phase: 'connect' | 'tls' | 'answer'; error: NodeJS.ErrnoException | null };

export type ExchangeResult = { host: string; address?: string; timings: HttpTimings } & (
  | { kind: 'answered'; response: ReceivedResponse }
  | { kind: 'failed'; failure: ExchangeFailure }
);

export type ExchangeLimits = { totalMs: number; connectMs: number; maxHeaderBytes: number; maxAgeMs: number; idleMs: number };

export type Exchange = {
  /** One POST and its answer, within the limits. Never throws for the network, never follows a redirect. */
  send(request: ExchangeRequest): Promise<ExchangeResult>;
  close(): void;
};

export type ExchangeOptions = {
  policy: EgressPolicy;
  resolver: HostResolver;
  ca?: readonly string[];
  limits?: Partial<ExchangeLimits>;
  /** Monotonic milliseconds. */
  now?: () => number;
};

/** By then the end of a connection has been read. */
const NOTICED_MS = 1;

const LIMITS: ExchangeLimits = { totalMs: 15_000, connectMs: 5000, maxHeaderBytes: 32 * 1024, maxAgeMs: 60_000, idleMs: 4000 };

/** Sends over connections that it keeps open; a failure of the network is a result. */
export function createExchange({ policy, resolver, ca, limits: given, now = () => performance.now() }: ExchangeOptions): Exchange {
  const limits = { ...LIMITS, ...given };
  const connections = createConnections({ ...limits, maxIdlePerOrigin: 64 }, now);
  let isShut = false;

  async function send(request: ExchangeRequest): Promise<ExchangeResult> {
    const started = now();
    const timings: HttpTimings = { totalMs: 0 };
    const left = () => limits.totalMs - (now() - started);
    const failed = (host: string, failure: ExchangeFailure, address?: string): ExchangeResult => {
      timings.totalMs = now() - started;
      return { kind: 'failed', host, failure, timings, ...(address !== undefined && { address }) };
    };

    const verdict = request.fromOperator ? unjudged(request.url) : judgeUrl(request.url, policy, request);
    if (verdict.kind === 'refused') return failed('', { phase: 'judge', refusal: verdict });
    const { url, host } = verdict;
    const key = `${request.fromOperator ? 'operator' : request.personal ? 'personal' : 'team'} ${url.origin}`;

    for (let reused = await takeOpen(key); ; reused = null) {
      const opened = reused ? { kind: 'opened' as const, connection: reused } : await open(key, verdict, request, timings, left);
      if (opened.kind === 'failed') return failed(host, opened.failure, opened.address);

      const { connection } = opened;
      const answer = await requestOn(
        connection,
        { path: url.pathname + url.search, headers: request.headers, body: request.body },
        left(),
        now,
      );
      if (answer.kind === 'answered' && isReusable(answer)) connections.giveBack(connection);
      else connections.close(connection);

      // The receiver closed an idle connection just as it was used: nothing came back, so a new one gets the same request.
      if (answer.kind === 'failed' && reused && answer.error && !isShut && isClosed(answer.error)) continue;
      if (answer.kind === 'failed') return failed(host, { phase: 'answer', error: answer.error }, connection.address);
      return finished(host, connection.address, answer, timings, now() - started);
    }
  }

  /** A receiver may close right behind its answer; without a turn of the event loop to notice, it would get the next request twice. */
  async function takeOpen(key: string): Promise<Connection | null> {
    let taken = connections.take(key);
    if (taken === null || now() - taken.restsSince > NOTICED_MS) return taken;
    await new Promise(setImmediate);
    while (taken !== null && !taken.isOpen) taken = connections.take(key);
    return taken;
  }

  async function open(
    key: string,
    { url, host, port }: { url: URL; host: string; port: number },
    request: ExchangeRequest,
    timings: HttpTimings,
    left: () => number,
  ): Promise<{ kind: 'opened'; connection: Connection } | { kind: 'failed'; failure: ExchangeFailure; address?: string }> {
    const asked = now();
    const resolution = await resolver.resolve(host, left());
    timings.dnsMs = now() - asked;
    if (resolution.kind === 'failed') return { kind: 'failed', failure: { phase: 'dns', code: resolution.code } };

    if (!request.fromOperator) {
      const verdict = judgeAddresses(host, port, resolution.addresses, policy, request);
      if (verdict.kind === 'refused') return { kind: 'failed', failure: { phase: 'judge', refusal: verdict } };
    }

    const timeoutMs = Math.min(limits.connectMs, left());
    const dialled = await dial({ host, port, secure: url.protocol === 'https:' }, resolution.addresses, {
      timeoutMs,
      now,
      ...(ca && { ca }),
    });
    timings.connectMs = dialled.connectMs;
    if (dialled.tlsMs !== undefined) timings.tlsMs = dialled.tlsMs;
    if (dialled.kind === 'failed')
      return { kind: 'failed', failure: { phase: dialled.phase, error: dialled.error }, address: dialled.address };
    return { kind: 'opened', connection: connections.adopt(key, url.origin, dialled.socket, dialled.address) };
  }

  return {
    send,
    close() {
      isShut = true;
      connections.closeAll();
    },
  };
}

async function finished(host: string, address: string, answer: RawAnswer, timings: HttpTimings, totalMs: number): Promise<ExchangeResult> {
  const encoding = answer.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  const { body, cut } = await decodeBody(answer.bytes, encoding, answer.cut);
  return {
    kind: 'answered',
    host,
    address,
    response: { status: answer.status, headers: answer.headers, body, bodyBytes: answer.bytes.length, cut },
    timings: { ...timings, firstByteMs: answer.firstByteMs, downloadMs: answer.downloadMs, totalMs },
  };
}

function unjudged(text: string) {
  const url = new URL(text);
  return { kind: 'allowed' as const, url, host: hostOf(url), port: portOf(url) };
}

const isReusable = ({ cut, headers }: RawAnswer) =>
  !cut && !headers.some(([name, value]) => name.toLowerCase() === 'connection' && /close/i.test(value));

const isClosed = ({ code = '' }: NodeJS.ErrnoException) => ['UND_ERR_SOCKET', 'UND_ERR_DESTROYED', 'ECONNRESET', 'EPIPE'].includes(code);
