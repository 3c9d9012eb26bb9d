import { createDispatch, type Dispatch } from '#lib/api/dispatch.ts';
import { openApiRoute } from '#lib/api/openapi.ts';
import { routes } from '#lib/api/routes/all.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import type { Runtime } from '#lib/runtime/create-runtime.ts';
import { newId } from '#lib/runtime/ids.ts';
import type { Part } from './front.ts';
import { type Incoming, toApiRequest } from './incoming.ts';
import { DIRECT_LOOPBACK_HEADER } from './pages-part.ts';
import { sendResponse } from './send-response.ts';

/** The REST API over this runtime. */
export function createApi({ env, log, platform }: Runtime): Dispatch {
  return createDispatch({
    routes: [...routes, openApiRoute(routes, { version: platform.version, publicUrl: env.publicUrl })],
    authenticate: (credentials) => authenticate(platform.accounts, credentials),
    contextFor: (actor, { requestId, address, directLoopback }) => ({ ...platform, actor, requestId, address, directLoopback }),
    publicOrigin: new URL(env.publicUrl).origin,
    logError: (error, requestId) => log.error({ requestId, err: error }, 'a request met a bug'),
  });
}

export function apiPart(dispatch: Dispatch): Part {
  return {
    surface: 'api',
    claims: (path) => path.startsWith('/api/'),
    answer: async (incoming: Incoming) => sendResponse(incoming.response, await dispatch(toApiRequest(incoming))),
  };
}

/**
 * How a page reads the API for its first paint (app/server/prefetch.tsx): same routes, same views, the visitor's cookie,
 * no network. Next bundles its own copies of our modules, so the way in is a name on globalThis.
 */
export function offerToPages(dispatch: Dispatch): void {
  const inProcess = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const { status, headers, body } = await dispatch({
      method: request.method,
      path: pathname,
      search: search.slice(1),
      headers: Object.fromEntries(request.headers),
      readBody: async () => new Uint8Array(await request.arrayBuffer()),
      requestId: newId('req'),
      address: null,
      directLoopback: request.headers.get(DIRECT_LOOPBACK_HEADER) !== null,
      signal: request.signal,
    });
    return new Response(typeof body === 'string' ? body : null, { status, headers: Object.entries(headers).flatMap(pairs) });
  };
  (globalThis as Record<symbol, unknown>)[Symbol.for('hookline.dispatch')] = inProcess;
}

function pairs([name, value]: [string, string | string[]]): [string, string][] {
  return [value].flat().map((one) => [name, one]);
}
