import { pageOfClientLink } from '#lib/domain/client-links.ts';
import { isDirectLoopback } from './client-address.ts';
import type { Part } from './front.ts';
import type { Pages } from './pages.ts';
import { sendResponse } from './send-response.ts';

/** How a page knows that its visitor sits at this machine; what a visitor sends under this name is dropped. */
export const DIRECT_LOOPBACK_HEADER = 'x-hookline-direct-loopback';

/** Everything that nobody else answers. Pages are only read: what changes something goes through the API. */
export function pagesPart(pages: Pages): Part {
  return {
    surface: 'pages',
    claims: () => true,
    answer: ({ request, response, path, search }) => {
      delete request.headers[DIRECT_LOOPBACK_HEADER];
      if (isDirectLoopback(request)) request.headers[DIRECT_LOOPBACK_HEADER] = '1';
      if (!isAddress(path)) {
        const headers = { 'content-type': 'text/plain; charset=utf-8' };
        return sendResponse(response, {
          status: 400,
          headers,
          body: 'This address is not valid. It begins with "/"; check what comes after each "%".\n',
        });
      }
      if (request.method === 'GET' || request.method === 'HEAD') {
        const location = pageOfClientLink(path, search);
        if (location === null) return pages.answer(request, response);
        return sendResponse(response, { status: 307, headers: { location }, body: null });
      }
      return sendResponse(response, {
        status: 405,
        headers: { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' },
        body: 'Pages are only read.\n',
      });
    },
  };
}

/** To what it cannot decode, and to the "*" of OPTIONS, Next answers 500; a whole URL it sends on to the host that it names. */
function isAddress(path: string): boolean {
  try {
    decodeURIComponent(path);
    return path.startsWith('/');
  } catch {
    return false;
  }
}
