import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiResponse } from '#lib/api/request.ts';

/** Writes an answer; a stream is written at the caller's pace and ends when the caller goes. */
export async function sendResponse(response: ServerResponse, { status, headers, body }: ApiResponse): Promise<void> {
  if (response.destroyed) return;
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
  response.writeHead(status, { ...headers, ...length });
  if (body === null || typeof body === 'string') {
    response.end(body ?? undefined);
    return;
  }
  response.flushHeaders();
  await pipeline(Readable.from(body, { objectMode: true }), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.name !== 'AbortError') throw error;
  });
}
