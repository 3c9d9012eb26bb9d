import { z } from 'zod';
import { parseInput } from '#lib/domain/parse-input.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import { notFound, unauthenticated } from '#lib/errors.ts';
import type { Context } from '#lib/services/context.ts';
import { errorResponse } from './error-response.ts';
import { DEFAULT_BODY_BYTES, readJson, readQuery } from './read-input.ts';
import type { ApiRequest, ApiResponse } from './request.ts';
import { requireSameOrigin } from './require-same-origin.ts';
import type { Route, RouteInput } from './route.ts';
import { compileRoutes } from './route-table.ts';

/** What a caller shows: an API key or a session's cookie, never both. */
export interface Credentials {
  authorization: string | undefined;
  cookie: string | undefined;
}

export interface DispatchParts {
  routes: readonly Route[];
  /** Anonymous when nothing is shown; throws `unauthenticated` for a key or session that is not valid. */
  authenticate(credentials: Credentials): Promise<Actor>;
  contextFor(actor: Actor, request: ApiRequest): Context;
  publicOrigin: string;
  logError(error: unknown, requestId: string): void;
}

export type Dispatch = (request: ApiRequest) => Promise<ApiResponse>;

/** Finds the route, authenticates, parses, calls, encodes. Whatever a route may vary is in its contract. */
export function createDispatch({ routes, authenticate, contextFor, publicOrigin, logError }: DispatchParts): Dispatch {
  const find = compileRoutes(routes);
  return async (request) => {
    try {
      const match = find(request.method, request.path);
      if (match.kind === 'none') throw notFound(`The address ${request.path}`);
      if (match.kind === 'other_method') return otherMethod(request, match.allow);

      requireSameOrigin(request, publicOrigin);
      const actor = await authenticate(credentialsOf(request));
      if (actor.kind === 'anonymous' && match.route.access !== 'anyone') throw unauthenticated();
      return await run(match.route, match.params, request, contextFor(actor, request));
    } catch (error) {
      return errorResponse(error, request.requestId, (bug) => logError(bug, request.requestId));
    }
  };
}

function credentialsOf({ headers }: ApiRequest): Credentials {
  return { authorization: headers.authorization, cookie: headers.authorization === undefined ? headers.cookie : undefined };
}

async function run(route: Route, rawParams: Record<string, string>, request: ApiRequest, ctx: Context): Promise<ApiResponse> {
  const headers: ApiResponse['headers'] = { 'cache-control': 'no-store' };
  const input = {
    ctx,
    request,
    headers,
    params: route.params && parseInput(route.params, rawParams),
    query: route.query && parseInput(route.query, readQuery(request.search)),
    body: route.body && parseInput(route.body, await readJson(request, route.maxBodyBytes ?? DEFAULT_BODY_BYTES)),
  } as RouteInput<never, never, never>;
  const result = await route.handle(input);

  if (route.status === 204) return { status: 204, headers, body: null };
  if (route.redirect) return { status: 302, headers: { ...headers, location: result as string }, body: null };
  headers['content-type'] = route.stream ?? route.text ?? 'application/json; charset=utf-8';
  if (request.method === 'HEAD') return { status: route.status ?? 200, headers, body: null };
  if (route.stream)
    return { status: 200, headers: { ...headers, 'x-accel-buffering': 'no' }, body: result as AsyncIterable<string | Uint8Array> };
  return {
    status: route.status ?? 200,
    headers,
    body: route.text ? (result as string) : JSON.stringify(z.encode(route.response!, result)),
  };
}

function otherMethod(request: ApiRequest, allow: readonly string[]): ApiResponse {
  const headers = { allow: allow.join(', ') };
  if (request.method === 'OPTIONS') return { status: 204, headers, body: null };
  const error = {
    code: 'invalid',
    message: `This address knows ${allow.join(', ')}, not ${request.method}.`,
    requestId: request.requestId,
  };
  return { status: 405, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ error }) };
}
