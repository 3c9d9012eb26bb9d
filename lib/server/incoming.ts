import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiRequest } from '#lib/api/request.ts';
import { isDirectLoopback } from './client-address.ts';
import { readBody } from './read-body.ts';

/** What the server knows of a request before it looks who answers it. */
export interface Incoming {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  search: string;
  requestId: string;
  address: string | null;
  /** Fires when the caller has gone or the server stops. */
  signal: AbortSignal;
}

export function toApiRequest(incoming: Incoming): ApiRequest {
  const { request, path, search, requestId, address } = incoming;
  return {
    method: request.method ?? 'GET',
    path,
    search,
    headers: request.headers as Record<string, string | undefined>,
    readBody: (maxBytes) => readBody(request, maxBytes),
    requestId,
    address,
    directLoopback: isDirectLoopback(request),
    get signal() {
      return incoming.signal;
    },
  };
}
