import { notFound } from '#lib/errors.ts';
import { createRunStreams } from '#lib/services/runs/take-stream.ts';
import { answerClient, type ClientParts } from './answer-client.ts';
import type { ClientResponse } from './client-request.ts';
import { jsonAnswer } from './graphql-errors.ts';
import { parseStreamBody } from './stream-body.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const PATH = /^\/files\/([^/]+)\/([^/]+)\/([^/]+)\/file_stream\/?$/;
/** What clients of all ages look for: the newest reads only `stopped`. */
const TAKEN: ClientResponse = jsonAnswer(200, { exitcode: null, limits: {} });
const STOP: ClientResponse = jsonAnswer(200, { exitcode: null, limits: {}, stopped: true });

export const isFileStreamPath = (path: string) => path.startsWith('/files/') && PATH.test(path);

/**
 * Where runs send their lines. To the client 400, 401, 403, 404, 409, 410, 413 and 422 end the stream for good; everything
 * else is sent again, so a fault of ours loses nothing.
 */
export function createFileStream({ now, ...parts }: ClientParts & { now: () => number }) {
  const take = createRunStreams(now);

  return answerClient(parts, 'Send lines with POST.', async (request, context) => {
    const [, entity, project, run] = PATH.exec(request.path)!;
    const body = parseStreamBody(Buffer.from(await request.readBody(MAX_BODY_BYTES)));
    const address = { entity: decode(entity!), project: decode(project!), run: decode(run!) };
    const { stopRequested } = await take(context, address, body);
    return stopRequested ? STOP : TAKEN;
  });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound(`The run at "${segment}"`);
  }
}
