import { forbidden } from '#lib/errors.ts';
import type { ApiRequest } from './request.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends cookies along for any site's form. What changes something by cookie must come from our own pages
 * and speak JSON, which no form can. Keys are not sent by themselves and need neither.
 */
export function requireSameOrigin(request: ApiRequest, publicOrigin: string): void {
  if (SAFE.has(request.method) || request.headers.authorization !== undefined) return;
  const { origin, cookie } = request.headers;
  if (origin === undefined && cookie === undefined) return; // neither a browser's form nor a session
  if (origin !== publicOrigin) {
    throw forbidden(
      `This request must come from ${publicOrigin}, the address in HOOKLINE_PUBLIC_URL. Open Hookline there, or use an API key.`,
    );
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw forbidden('A change made with a session must have the content type application/json.');
  }
}
