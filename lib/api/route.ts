import type { z } from 'zod';
import type { Context } from '#lib/services/context.ts';
import type { ApiRequest } from './request.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `anyone`: also without a key or session. What a signed-in caller may do is decided by the service. */
export type Access = 'anyone' | 'signed_in';

export type StreamType = 'application/x-ndjson' | 'text/event-stream' | 'text/plain; charset=utf-8';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export interface RouteInput<Params, Query, Body> {
  ctx: Context;
  params: Params;
  query: Query;
  body: Body;
  /** For cookies, `Last-Event-ID` and the signal that the caller has gone. */
  request: ApiRequest;
  /** Headers of the answer beside the usual ones. */
  headers: Record<string, string | string[]>;
}

interface Contract<Params, Query, Body> {
  method: Method;
  /** `/api/v1/teams/{team}/secrets/{name}` */
  path: string;
  /** One sentence for the reference. */
  summary: string;
  access?: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  /** What the reference says of the body, where the service parses it itself. */
  bodyForReference?: z.ZodType;
  /** 1 MiB unless given. */
  maxBodyBytes?: number;
}

/** The usual route: one value out, encoded by its view, which drops every key it does not name. */
export interface ViewContract<Params, Query, Body, View extends z.ZodType> extends Contract<Params, Query, Body> {
  response: View;
  status?: 200 | 201 | 202;
  handle(input: RouteInput<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<z.output<View>>;
}

/** A route without an answer body: 204. */
export interface EmptyContract<Params, Query, Body> extends Contract<Params, Query, Body> {
  status: 204;
  handle(input: RouteInput<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<void>;
}

/** A route that answers piece by piece; it stops when `request.signal` fires. */
export interface StreamContract<Params, Query, Body> extends Contract<Params, Query, Body> {
  stream: StreamType;
  handle(input: RouteInput<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<AsyncIterable<string | Uint8Array>>;
}

/** A route that answers a text of its own making, such as YAML or a file. */
export interface TextContract<Params, Query, Body> extends Contract<Params, Query, Body> {
  text: string;
  handle(input: RouteInput<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<string>;
}

/** A route that leads to another address, which carries its own right for a moment: 302. */
export interface RedirectContract<Params, Query, Body> extends Contract<Params, Query, Body> {
  redirect: true;
  handle(input: RouteInput<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<string>;
}

/** What the dispatcher and the reference read: any route, its types forgotten. */
export interface Route extends Contract<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined> {
  status?: 200 | 201 | 202 | 204;
  response?: z.ZodType;
  stream?: StreamType;
  text?: string;
  redirect?: true;
  handle(input: RouteInput<never, never, never>): Promise<unknown>;
}

type Schema = z.ZodType | undefined;

export function defineRoute<
  View extends z.ZodType,
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
>(contract: ViewContract<Params, Query, Body, View>): Route;
export function defineRoute<Params extends Schema = undefined, Query extends Schema = undefined, Body extends Schema = undefined>(
  contract:
    | EmptyContract<Params, Query, Body>
    | StreamContract<Params, Query, Body>
    | TextContract<Params, Query, Body>
    | RedirectContract<Params, Query, Body>,
): Route;
export function defineRoute(contract: unknown): Route {
  return contract as Route;
}
