import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ForeignHosts } from '#lib/runtime/foreign-hosts.ts';
import { newId } from '#lib/runtime/ids.ts';
import type { Log } from '#lib/runtime/log.ts';
import type { ClientAddress } from './client-address.ts';
import type { Incoming } from './incoming.ts';
import type { ServerMetrics, Surface } from './metrics.ts';

/** One part of the server: the addresses it answers, and how. The first part that claims a path has it. */
export interface Part {
  surface: Surface;
  claims(path: string): boolean;
  answer(incoming: Incoming): Promise<void> | void;
}

interface FrontParts {
  parts: readonly Part[];
  log: Log;
  metrics: ServerMetrics;
  clientAddress: ClientAddress;
  foreignHosts: ForeignHosts;
  /** Fires when the server stops; open streams end with it. */
  stopping: AbortSignal;
}

/** Links that are themselves a right: their token stays out of the log. */
const TOKENS = /\/(invites?|resets?|storage)\/[^/]+/;

/** What happens to every request, whoever answers it: an id, a place for its caller, one line in the log. */
export function createFront({ parts, log, metrics, clientAddress, foreignHosts, stopping }: FrontParts) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const since = performance.now();
    const requestId = newId('req');
    const [path = '/', search = ''] = splitTarget(request.url ?? '/');
    const part = parts.find((candidate) => candidate.claims(path))!;
    const departure = new Departure(stopping);
    const incoming: Incoming = {
      request,
      response,
      path,
      search,
      requestId,
      address: clientAddress(request),
      get signal() {
        return departure.signal;
      },
    };

    response.setHeader('x-request-id', requestId);
    response.setHeader('x-content-type-options', 'nosniff');
    if (stopping.aborted) response.setHeader('connection', 'close');
    if (part.surface !== 'health') foreignHosts.note(request.headers.host);

    response.once('close', () => {
      departure.note();
      if (stopping.aborted) request.socket.end(); // or its keep-alive would hold the stop up
      const durationMs = Math.round((performance.now() - since) * 10) / 10;
      metrics.observe(part.surface, request.method ?? '', response.statusCode, durationMs);
      const line = {
        requestId,
        method: request.method,
        path: path.replace(TOKENS, '/$1/…'),
        status: response.statusCode,
        durationMs,
        address: incoming.address,
      };
      if (part.surface === 'health' || path.startsWith('/_next/static/')) log.debug(line, 'request');
      else log.info(response.writableFinished ? line : { ...line, cut: true }, 'request');
    });

    Promise.resolve()
      .then(() => part.answer(incoming))
      .catch((error: unknown) => fail(log, incoming, error));
  };
}

/** That the caller has gone or the server stops, as a signal for those who ask for it: few do, and to make one takes 13 µs. */
class Departure {
  readonly #stopping: AbortSignal;
  #gone: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #noted = false;

  constructor(stopping: AbortSignal) {
    this.#stopping = stopping;
  }

  get signal(): AbortSignal {
    if (this.#signal) return this.#signal;
    this.#gone = new AbortController();
    if (this.#noted) this.#gone.abort();
    this.#signal = AbortSignal.any([this.#gone.signal, this.#stopping]);
    return this.#signal;
  }

  note(): void {
    this.#noted = true;
    this.#gone?.abort();
  }
}

function splitTarget(target: string): [string, string] {
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

function fail(log: Log, { response, requestId }: Incoming, error: unknown): void {
  log.error({ requestId, err: error }, 'a request could not be answered');
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(`Something went wrong on our side (${requestId}).`);
}
