import type { Part } from './front.ts';
import type { Pages } from './pages.ts';
import { sendResponse } from './send-response.ts';

/** Everything that nobody else answers. Pages are only read: what changes something goes through the API. */
export function pagesPart(pages: Pages): Part {
  return {
    surface: 'pages',
    claims: () => true,
    answer: ({ request, response }) => {
      if (request.method === 'GET' || request.method === 'HEAD') return pages.answer(request, response);
      return sendResponse(response, {
        status: 405,
        headers: { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' },
        body: 'Pages are only read.\n',
      });
    },
  };
}
