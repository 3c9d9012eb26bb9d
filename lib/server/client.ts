import { authenticate } from '#lib/auth/authenticate.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import type { Runtime } from '#lib/runtime/create-runtime.ts';
import type { ClientRequest } from '#lib/wandb/client-request.ts';
import { createFileStream, isFileStreamPath } from '#lib/wandb/file-stream.ts';
import { createGraphql } from '#lib/wandb/graphql-http.ts';
import { artifactDownloadsPart } from './artifact-downloads.ts';
import type { Part } from './front.ts';
import { toApiRequest } from './incoming.ts';
import { sendResponse } from './send-response.ts';
import { storagePart } from './storage.ts';

/** What the Python client speaks: ahead of the pages, and never with a cookie. */
export function clientParts(runtime: Runtime): Part[] {
  const { log, platform } = runtime;
  const parts = {
    now: platform.now,
    authenticate: (authorization: string) => authenticate(platform.accounts, { authorization, cookie: undefined }),
    contextFor: (actor: Actor, { requestId, address, directLoopback }: ClientRequest) => ({
      ...platform,
      actor,
      requestId,
      address,
      directLoopback,
    }),
    logError: (error: unknown, requestId: string) => log.error({ requestId, err: error }, 'a request met a bug'),
  };
  const graphql = createGraphql(parts);
  const fileStream = createFileStream(parts);
  return [
    {
      surface: 'client',
      claims: isFileStreamPath,
      answer: async (incoming) => sendResponse(incoming.response, await fileStream(toApiRequest(incoming))),
    },
    storagePart(runtime),
    artifactDownloadsPart(runtime),
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
