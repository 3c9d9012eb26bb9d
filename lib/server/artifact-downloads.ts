import { authenticate } from '#lib/auth/authenticate.ts';
import { isAppError, unauthenticated } from '#lib/errors.ts';
import type { Runtime } from '#lib/runtime/create-runtime.ts';
import { openArtifactContent } from '#lib/services/artifacts/open-content.ts';
import { refusalAnswer } from '#lib/wandb/graphql-errors.ts';
import { isDirectLoopback } from './client-address.ts';
import { decodeSegment } from './decode-segment.ts';
import type { Part } from './front.ts';
import { sendResponse } from './send-response.ts';
import { sendFile } from './storage.ts';

/** region / entity / project / collection / [artifact /] the artifact that the content came with / MD5 in hex / name */
const PATH = /^\/artifactsV2\/[^/]+\/([^/]+)\/([^/]+)\/([^/]+)\/(?:[^/]*\/)?[^/]*\/([0-9a-f]{32})\/([^/]*)$/;

/** Contents of a collection's versions by their digest, with a key: how the client opens a single entry. */
export function artifactDownloadsPart({ platform, log }: Runtime): Part {
  return {
    surface: 'client',
    claims: (path) => path.startsWith('/artifactsV2/'),
    answer: async ({ request, response, path, requestId, address }) => {
      try {
        const { authorization } = request.headers;
        if (authorization === undefined) throw unauthenticated();
        const actor = await authenticate(platform.accounts, { authorization, cookie: undefined });
        const [, entity = '', project = '', collection = '', md5 = '', name = ''] = PATH.exec(path) ?? [];
        const ctx = { ...platform, actor, requestId, address, directLoopback: isDirectLoopback(request) };
        const named = { entity: decodeSegment(entity), project: decodeSegment(project), collection: decodeSegment(collection) };
        await sendFile(request, response, await openArtifactContent(ctx, named, md5, decodeSegment(name)));
      } catch (error) {
        if (response.headersSent) response.destroy();
        else if (isAppError(error)) await sendResponse(response, refusalAnswer(error));
        else {
          log.error({ requestId, err: error }, 'a file could not be sent');
          response.writeHead(500).end();
        }
      }
    },
  };
}
