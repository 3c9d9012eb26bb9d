import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { STATIC } from './build-pages.ts';
import { builtFilesPart } from './built-files.ts';
import { CHECKOUT } from './checkout.ts';
import type { Part } from './front.ts';

export interface Pages {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** What a build left; none in development. */
  files?: Part;
  /** Development only: the channel by which pages reload. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Next as the part that answers with pages; it opens no port of its own. */
export async function preparePages({ dev, host, port }: { dev: boolean; host: string; port: number }): Promise<Pages> {
  const app = next({ dev, dir: CHECKOUT, hostname: host, port });
  await app.prepare();
  const answer = app.getRequestHandler();
  return {
    answer: (request, response) => answer(request, response),
    ...(dev ? { upgrade: app.getUpgradeHandler() } : { files: builtFilesPart(STATIC) }),
    close: () => app.close(),
  };
}
