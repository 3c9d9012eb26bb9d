import { authenticate } from '#lib/auth/authenticate.ts';
import type { Runtime } from '#lib/runtime/create-runtime.ts';
import type { ClientRequest } from '#lib/wandb/client-request.ts';
import { createGraphql } from '#lib/wandb/graphql-http.ts';
import type { Part } from './front.ts';
import { toApiRequest } from './incoming.ts';
import { sendResponse } from './send-response.ts';

/** What the Python client speaks: ahead of the pages, and never with a cookie. */
export function clientParts({ log, platform }: Runtime): Part[] {
  const graphql = createGraphql({
    authenticate: (authorization) => authenticate(platform.accounts, { authorization, cookie: undefined }),
    contextFor: (actor, { requestId, address, directLoopback }: ClientRequest) => ({
      ...platform,
      actor,
      requestId,
      address,
      directLoopback,
    }),
    logError: (error, requestId) => log.error({ requestId, err: error }, 'a request met a bug'),
  });
  return [
    {
      surface: 'client',
      claims: (path) => path === '/graphql' || path === '/graphql/',
      answer: async (incoming) => sendResponse(incoming.response, await graphql(toApiRequest(incoming))),
    },
    {
      // Before any look at credentials: to the client every other answer, 401 included, means "go on sending".
      surface: 'client',
      claims: (path) => path.startsWith('/sdk/otel/'),
      answer: ({ response }) => void response.writeHead(404).end(),
    },
  ];
}
