import { ADMIN, e2eInstance } from './instance.ts';
import { noteSecretsOf } from './secrets/used.ts';

/** Arranges through the public API, as any script would. */
export interface Rest {
  get<T = unknown>(path: string): Promise<T>;
  post<T = unknown>(path: string, body?: unknown): Promise<T>;
  put<T = unknown>(path: string, body?: unknown): Promise<T>;
  patch<T = unknown>(path: string, body?: unknown): Promise<T>;
  delete(path: string): Promise<void>;
}

/** Of the shared instance, unless another server is named. */
export function restAs(apiKey: string = ADMIN.apiKey, { url } = e2eInstance() as { url: string }): Rest {
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    const answer = text === '' ? undefined : JSON.parse(text);
    if (url === e2eInstance().url) noteSecretsOf(path, body, answer);
    return answer;
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body = {}) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: (path) => send('DELETE', path),
  };
}
