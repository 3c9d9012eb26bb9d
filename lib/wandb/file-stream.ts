import type { Actor } from '#lib/domain/permissions.ts';
import { isAppError, notFound, unauthenticated } from '#lib/errors.ts';
import type { Context } from '#lib/services/context.ts';
import { toRefusal } from '#lib/services/refusal.ts';
import { createRunStreams } from '#lib/services/runs/take-stream.ts';
import type { ClientRequest, ClientResponse } from './client-request.ts';
import { jsonAnswer, refusalAnswer } from './graphql-errors.ts';
import { parseStreamBody } from './stream-body.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const PATH = /^\/files\/([^/]+)\/([^/]+)\/([^/]+)\/file_stream\/?$/;
/** What clients of all ages look for: the newest reads only `stopped`. */
const TAKEN: ClientResponse = jsonAnswer(200, { exitcode: null, limits: {} });
const STOP: ClientResponse = jsonAnswer(200, { exitcode: null, limits: {}, stopped: true });

export const isFileStreamPath = (path: string) => path.startsWith('/files/') && PATH.test(path);

export interface FileStreamParts {
  now: () => number;
  authenticate(authorization: string): Promise<Actor>;
  contextFor(actor: Actor, request: ClientRequest): Context;
  logError(error: unknown, requestId: string): void;
}

/**
 * Where runs send their lines. To the client 400, 401, 403, 404, 409, 410, 413 and 422 end the stream for good; everything
 * else is sent again, so a fault of ours loses nothing.
 */
export function createFileStream({ now, authenticate, contextFor, logError }: FileStreamParts) {
  const take = createRunStreams(now);

  const answer = async (request: ClientRequest): Promise<ClientResponse> => {
    const { authorization } = request.headers;
    if (authorization === undefined) throw unauthenticated('Send an API key: set WANDB_API_KEY, or run "wandb login".');
    const actor = await authenticate(authorization);
    const [, entity, project, run] = PATH.exec(request.path)!;
    const parts = parseStreamBody(Buffer.from(await request.readBody(MAX_BODY_BYTES)));
    const address = { entity: decode(entity!), project: decode(project!), run: decode(run!) };
    const { stopRequested } = await take(contextFor(actor, request), address, parts);
    return stopRequested ? STOP : TAKEN;
  };

  return async (request: ClientRequest): Promise<ClientResponse> => {
    if (request.method !== 'POST') return jsonAnswer(405, { errors: [{ message: 'Send lines with POST.' }] }, { allow: 'POST' });
    try {
      return await answer(request);
    } catch (error) {
      if (!isAppError(error)) logError(error, request.requestId);
      const refusal = toRefusal(error);
      if (isAppError(refusal)) return refusalAnswer(refusal);
      return jsonAnswer(500, { errors: [{ message: `Something went wrong on our side (${request.requestId}).` }] });
    }
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound(`The run at "${segment}"`);
  }
}
