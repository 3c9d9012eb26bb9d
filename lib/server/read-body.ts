import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { invalid, tooLarge } from '#lib/errors.ts';

const gunzipped = promisify(gunzip);
const ARRIVAL_TIMEOUT_MS = 60_000;

/** The whole body, decompressed. The limit holds for what arrives and for what it becomes. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw invalid(`The content encoding ${encoding} is not understood; send gzip or none.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLargeFor(maxBytes);
  const bytes = await collect(request, maxBytes);
  return encoding === 'gzip' && bytes.length > 0 ? inflate(bytes, maxBytes) : bytes;
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish(invalid(`The body did not arrive within ${ARRIVAL_TIMEOUT_MS / 1000} s.`)), ARRIVAL_TIMEOUT_MS);
    const onData = (piece: Buffer) => {
      size += piece.length;
      pieces.push(piece);
      if (size > maxBytes) finish(tooLargeFor(maxBytes));
    };
    const onEnd = () => finish();
    const onGone = () => finish(invalid('The connection ended before the body did.'));
    const finish = (error?: Error) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      if (error) reject(error);
      else resolve(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, size));
    };
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

async function inflate(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzipped(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLargeFor(maxBytes);
    throw invalid('The body is not valid gzip.');
  }
}

function tooLargeFor(maxBytes: number) {
  return tooLarge(`The body is larger than ${(maxBytes / 1024 / 1024).toLocaleString('en')} MiB, the most that this address takes.`);
}
