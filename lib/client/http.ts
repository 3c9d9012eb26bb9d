import type { z } from 'zod';
import { ErrorBody } from '#lib/contracts/view.ts';
import type { Issue } from '#lib/errors.ts';

/** A refusal by the server, or its absence (`unreachable`), as components and forms read it. */
export class ApiError extends Error {
  readonly code: ErrorBody['error']['code'] | 'unreachable';
  readonly issues: Issue[];
  readonly requestId: string | null;

  constructor(code: ApiError['code'], message: string, issues: Issue[] = [], requestId: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.issues = issues;
    this.requestId = requestId;
  }
}

export type Search = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** `?a=1&b=x&b=y`; null and undefined are left out. */
export function searchText(search: Search = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === null || value === undefined || value === '') continue;
    for (const item of Array.isArray(value) ? value : [value]) parameters.append(key, String(item));
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Options = { search?: Search; body?: unknown; signal?: AbortSignal };

async function send<View extends z.ZodType>(
  method: Method,
  path: string,
  view: View | null,
  { search, body, signal }: Options,
): Promise<z.output<View>> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}${searchText(search)}`, {
      method,
      signal,
      headers: { accept: 'application/json', ...(body === undefined && method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError('unreachable', 'The server did not answer. Check your connection, then try again.');
  }
  const text = await response.text();
  if (!response.ok) throw toApiError(response.status, text);
  return (view && text ? view.parse(JSON.parse(text)) : undefined) as z.output<View>;
}

function toApiError(status: number, text: string): ApiError {
  try {
    const { error } = ErrorBody.parse(JSON.parse(text));
    return new ApiError(error.code, error.message, error.issues ?? [], error.requestId);
  } catch {
    return new ApiError('internal', `The server answered ${status} without saying why. Try again.`);
  }
}

/** A POST whose answer is one JSON object a line, each given as soon as it is there. */
async function* postLines<View extends z.ZodType>(
  path: string,
  body: unknown,
  view: View,
  signal: AbortSignal,
): AsyncGenerator<z.output<View>> {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    signal,
    headers: { accept: 'application/x-ndjson', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ApiError('unreachable', 'The server did not answer. Check your connection, then try again.');
  });
  if (!response.ok) throw toApiError(response.status, await response.text());
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line) yield view.parse(JSON.parse(line));
  }
}

/** Paths begin after /api/v1. Every answer is parsed with its view: nothing merely claims a type. */
export const http = {
  get: <View extends z.ZodType>(path: string, view: View, options: Omit<Options, 'body'> = {}) => send('GET', path, view, options),
  post: <View extends z.ZodType>(path: string, body: unknown, view: View | null, options: Omit<Options, 'body'> = {}) =>
    send('POST', path, view, { ...options, body: body ?? {} }),
  put: <View extends z.ZodType>(path: string, body: unknown, view: View | null, options: Omit<Options, 'body'> = {}) =>
    send('PUT', path, view, { ...options, body }),
  patch: <View extends z.ZodType>(path: string, body: unknown, view: View | null, options: Omit<Options, 'body'> = {}) =>
    send('PATCH', path, view, { ...options, body }),
  postLines,
  delete: (path: string, options: Omit<Options, 'body'> = {}) => send('DELETE', path, null, options),
};
