import zlib from 'node:zlib';
import { toStorable } from '#lib/domain/storable-text.ts';

export const MAX_BODY_BYTES = 64 * 1024;

/** What is kept of a response's body: text of at most 64 KiB after decompression. */
export type KeptBody = { body: string; cut: boolean };

const DECODERS: Readonly<Record<string, () => zlib.Gunzip>> = {
  gzip: () => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  'x-gzip': () => zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: () => zlib.createInflate({ finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  br: () => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
};

/** Decodes received bytes; `cut` says whether some are missing already. A bomb costs no more than the bytes kept. */
export async function decodeBody(bytes: Buffer, encoding: string | undefined, cut: boolean): Promise<KeptBody> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (bytes.length === 0 || name === 'identity' || name === '') return toText(bytes, cut);
  const createDecoder = DECODERS[name];
  if (!createDecoder) return { body: `(a body in the encoding "${name}", which is not shown)`, cut };
  const decoded = await decompress(createDecoder(), bytes);
  return toText(decoded.bytes, cut || decoded.cut);
}

function decompress(decoder: zlib.Gunzip, bytes: Buffer): Promise<{ bytes: Buffer; cut: boolean }> {
  return new Promise((settle) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (cut: boolean) => {
      decoder.destroy();
      settle({ bytes: Buffer.concat(chunks), cut });
    };
    decoder
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MAX_BODY_BYTES) finish(true);
      })
      .on('end', () => finish(false))
      .on('error', () => finish(true))
      .end(bytes);
  });
}

/** A character cut in two at the end is left away. */
function toText(bytes: Buffer, cut: boolean): KeptBody {
  const isTooLong = bytes.length > MAX_BODY_BYTES;
  const text = new TextDecoder().decode(isTooLong ? bytes.subarray(0, MAX_BODY_BYTES) : bytes, { stream: isTooLong || cut });
  return { body: toStorable(text), cut: cut || isTooLong };
}
