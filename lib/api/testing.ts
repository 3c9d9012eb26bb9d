import { authenticate } from '#lib/auth/authenticate.ts';
import type { Context, Platform } from '#lib/services/context.ts';
import { createDispatch } from './dispatch.ts';
import { routes } from './routes/all.ts';

export type Answer = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of many shapes, and expect() says what they should be
  body: any;
  /** `name=value`, ready to be sent back. */
  cookie: string | undefined;
  headers: Record<string, string | string[]>;
};
export type Caller = { key?: string; cookie?: string; headers?: Record<string, string>; directLoopback?: boolean; address?: string };
export type Call = (method: string, path: string, body?: unknown, caller?: Caller) => Promise<Answer>;

/** The whole REST API over a test's platform: what a route test calls. */
export function testApi(platform: Platform, logged: unknown[] = []): Call {
  const dispatch = createDispatch({
    routes,
    authenticate: (credentials) => authenticate(platform.accounts, credentials),
    contextFor: (actor, { requestId, address, directLoopback }): Context => ({ ...platform, actor, requestId, address, directLoopback }),
    publicOrigin: platform.publicUrl,
    logError: (error) => void logged.push(error),
  });
  return async (method, target, body, caller = {}) => {
    const [path, search = ''] = target.split('?', 2) as [string, string?];
    const { key, cookie } = caller;
    const response = await dispatch({
      method,
      path: `/api/v1${path}`,
      search,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(cookie !== undefined && { cookie, origin: platform.publicUrl, 'content-type': 'application/json' }),
        ...caller.headers,
      },
      readBody: async () => new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body)),
      requestId: 'req_test',
      address: caller.address ?? '203.0.113.7',
      directLoopback: caller.directLoopback ?? false,
      signal: new AbortController().signal,
    });
    const setCookie = response.headers['set-cookie'];
    const text = typeof response.body === 'string' ? response.body : '';
    const json = String(response.headers['content-type']).includes('json');
    return {
      status: response.status,
      body: json && text ? JSON.parse(text) : text,
      cookie: typeof setCookie === 'string' ? setCookie.split(';')[0] : undefined,
      headers: response.headers,
    };
  };
}
