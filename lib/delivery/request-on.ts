import type { Dispatcher } from 'undici';
import type { HeaderList } from '#lib/domain/delivery-outcome.ts';
import type { Connection } from './connections.ts';
import { MAX_BODY_BYTES } from './response-body.ts';

/** What came back, body undecoded. `cut`: the rest of the body was not waited for, was too long or never came. */
export type RawAnswer = {
  kind: 'answered';
  status: number;
  headers: HeaderList;
  bytes: Buffer;
  cut: boolean;
  firstByteMs: number;
  downloadMs: number;
};

const MAX_INTERIM_ANSWERS = 16;

/** Sends on an open connection and reads until the end, the byte limit or the deadline. Once the headers are there nothing can fail: the status decides. */
export function requestOn(
  { client }: Connection,
  request: { path: string; headers: HeaderList; body: Buffer },
  timeoutMs: number,
  now: () => number,
): Promise<RawAnswer | { kind: 'failed'; error: NodeJS.ErrnoException | null }> {
  return new Promise((settle) => {
    const started = now();
    let abort: ((reason: Error) => void) | undefined;
    let head: { status: number; headers: HeaderList; at: number } | undefined;
    let interim = 0;
    let length = 0;
    const chunks: Buffer[] = [];

    const finish = (error: NodeJS.ErrnoException | null | undefined) => {
      clearTimeout(timer);
      if (!head) return settle({ kind: 'failed', error: error ?? null });
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const { status, headers, at } = head;
      settle({ kind: 'answered', status, headers, bytes, cut: error !== undefined, firstByteMs: at - started, downloadMs: now() - at });
    };
    const stop = (error: NodeJS.ErrnoException | null) => {
      finish(error);
      abort?.(error ?? new Error('Time ran out.'));
    };
    const timer = setTimeout(stop, timeoutMs, null);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        abort = (reason) => controller.abort(reason);
      },
      onResponseStart(controller, status) {
        if (status < 200) {
          interim += 1;
          if (interim > MAX_INTERIM_ANSWERS) stop(interimFlood());
          return;
        }
        head = { status, headers: toHeaderList(controller.rawHeaders), at: now() };
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MAX_BODY_BYTES) stop(null);
      },
      onResponseEnd: () => finish(undefined),
      onResponseError: (_controller, error) => finish(error),
    };
    const headers = request.headers.flat();
    client.dispatch({ method: 'POST', path: request.path, headers, body: request.body }, handler);
  });
}

function toHeaderList(raw: Dispatcher.DispatchController['rawHeaders']): HeaderList {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? '']] : []));
}

const interimFlood = (): NodeJS.ErrnoException => Object.assign(new Error('Only interim answers came.'), { code: 'EINTERIM' });
