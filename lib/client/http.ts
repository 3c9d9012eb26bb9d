import type { ErrorBody } from '#lib/contracts/view.ts';
import type { Issue } from '#lib/errors.ts';
import { type View, viewsOf } from './views.ts';

const errors = viewsOf(() => import('#lib/contracts/view.ts')).view('ErrorBody');

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

/** Whether the server said that this visitor may not read it, or no more: what was shown of it before is none of his now. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && ['unauthenticated', 'forbidden', 'not_found'].includes(error.code);

/** What is said of a fault where no field can say it: of one that is no refusal, nothing that only we understand. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'Something went wrong in this page. Try again.';

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

async function send<Data>(method: Method, path: string, view: View<Data> | null, { search, body, signal }: Options): Promise<Data> {
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
  if (!response.ok) throw inBrowserWords(await toApiError(response.status, text), path);
  return (view && text ? (await view()).parse(JSON.parse(text)) : undefined) as Data;
}

/** The server speaks to scripts too; who works in the browser had a session, and what is typed should stay. */
function inBrowserWords(error: ApiError, path: string): ApiError {
  if (error.code !== 'unauthenticated' || path === '/session') return error;
  const message = 'Your session has ended. Sign in again in another tab, then come back and try once more.';
  return new ApiError(error.code, message, error.issues, error.requestId);
}

async function toApiError(status: number, text: string): Promise<ApiError> {
  try {
    const { error } = (await errors()).parse(JSON.parse(text));
    return new ApiError(error.code, error.message, error.issues ?? [], error.requestId);
  } catch {
    return new ApiError('internal', `The server answered ${status} without saying why. Try again.`);
  }
}

/** A POST whose answer is one JSON object a line, each given as soon as it is there. */
async function* postLines<Data>(path: string, body: unknown, view: View<Data>, signal: AbortSignal): AsyncGenerator<Data> {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    signal,
    headers: { accept: 'application/x-ndjson', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ApiError('unreachable', 'The server did not answer. Check your connection, then try again.');
  });
  if (!response.ok) throw await toApiError(response.status, await response.text());
  const line = await view();
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop()!;
    for (const text of lines) if (text) yield line.parse(JSON.parse(text));
  }
}

/** Paths begin after /api/v1. Every answer is parsed with its view: nothing merely claims a type. */
export const http = {
  get: <Data>(path: string, view: View<Data>, options: Omit<Options, 'body'> = {}) => send('GET', path, view, options),
  post: <Data>(path: string, body: unknown, view: View<Data> | null, options: Omit<Options, 'body'> = {}) =>
    send('POST', path, view, { ...options, body: body ?? {} }),
  put: <Data>(path: string, body: unknown, view: View<Data> | null, options: Omit<Options, 'body'> = {}) =>
    send('PUT', path, view, { ...options, body }),
  patch: <Data>(path: string, body: unknown, view: View<Data> | null, options: Omit<Options, 'body'> = {}) =>
    send('PATCH', path, view, { ...options, body }),
  postLines,
  delete: (path: string, options: Omit<Options, 'body'> = {}) => send('DELETE', path, null, options),
};
