import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { mayShowInline } from '#lib/domain/file-names.ts';
import { type AppError, isAppError } from '#lib/errors.ts';
import type { Runtime } from '#lib/runtime/create-runtime.ts';
import { acceptUpload, type Download, openDownload } from '#lib/services/files/storage.ts';
import { toRefusal } from '#lib/services/refusal.ts';
import { decodeSegment } from './decode-segment.ts';
import type { Part } from './front.ts';

const STATUS: Partial<Record<AppError['code'], number>> = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  gone: 410,
  too_large: 413,
  unavailable: 503,
};

/** Files come and go by signed URLs, which are themselves the right: no key, no cookie. */
export function storagePart({ platform, log }: Runtime): Part {
  return {
    surface: 'client',
    claims: (path) => path.startsWith('/storage/'),
    answer: async ({ request, response, path, requestId }) => {
      const [token = '', ...names] = path.slice('/storage/'.length).split('/');
      const name = names.at(-1) || 'file';
      try {
        if (request.method === 'PUT') await upload(request, response, token);
        else if (request.method === 'GET' || request.method === 'HEAD') {
          await sendFile(request, response, await openDownload(platform, token, decodeSegment(name)));
        } else response.writeHead(405, { allow: 'GET, PUT' }).end();
      } catch (error) {
        const refusal = toRefusal(error);
        if (response.headersSent) response.destroy();
        else if (isAppError(refusal)) refuse(response, STATUS[refusal.code] ?? 400, refusal.message, refusal.retryAfterSeconds);
        else if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') response.destroy();
        else {
          log.error({ requestId, err: error }, 'a file could not be stored or sent');
          refuse(response, 500, `Something went wrong on our side (${requestId}).`);
        }
      }
    },
  };

  async function upload(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    const md5 = await acceptUpload(platform, token, request);
    response.writeHead(200, { etag: `"${Buffer.from(md5, 'base64').toString('hex')}"` }).end();
  }
}

function refuse(response: ServerResponse, status: number, message: string, retryAfterSeconds?: number): void {
  const wait: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...wait })
    .end(JSON.stringify({ error: { message } }));
}

/** Users' files are saved, never run: only plain images may be shown where they stand. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { size, content, name, mimeType }: Download,
): Promise<void> {
  const disposition = mayShowInline(mimeType) ? 'inline' : 'attachment';
  response.writeHead(200, {
    'content-type': mimeType,
    'content-length': size,
    'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=3600',
  });
  if (request.method === 'HEAD') {
    content.destroy();
    response.end();
    return;
  }
  await pipeline(content, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
