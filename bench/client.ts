import { Pool } from 'undici';
import type { BenchInstance } from './instance.ts';

/** Milliseconds of a clock that all processes of this machine share, unlike that of `performance`. */
export function sharedClock(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

export interface BenchClient {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
  patch<Answer>(path: string, body: unknown): Promise<Answer>;
  /** A body that is text already; nothing is parsed, so that the client costs little beside the server. */
  send(path: string, body: string): Promise<string>;
  close(): Promise<void>;
}

/** Speaks to an instance over a bounded number of connections that stay open; whatever is no success throws. */
export function openClient({ url, apiKey }: Pick<BenchInstance, 'url' | 'apiKey'>, connections: number): BenchClient {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 60_000 });
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const exchange = async (method: 'GET' | 'POST' | 'PATCH', path: string, body: string | null) => {
    const answer = await pool.request({ method, path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
    return text;
  };
  return {
    get: async (path) => JSON.parse(await exchange('GET', path, null)),
    post: async (path, body) => JSON.parse(await exchange('POST', path, JSON.stringify(body))),
    patch: async (path, body) => JSON.parse(await exchange('PATCH', path, JSON.stringify(body))),
    send: (path, body) => exchange('POST', path, body),
    close: () => pool.close(),
  };
}
