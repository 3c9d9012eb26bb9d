import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Background, createRuntime, type Runtime } from '#lib/runtime/create-runtime.ts';
import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import type { OwnNames } from '#lib/runtime/open-egress.ts';
import type { Pages } from '../pages.ts';
import { startServer } from '../start-server.ts';

export interface TestServer {
  url: string;
  port: number;
  runtime: Runtime;
  /** What was logged, parsed. */
  lines: Record<string, unknown>[];
  stop(): Promise<void>;
}

interface TestServerOptions {
  variables?: Record<string, string>;
  pages?: Partial<Pages>;
  background?: readonly Background[];
  ownNames?: OwnNames;
}

/** The real server on a free port and an empty data directory, with pages that say "page". */
export async function startTestServer({
  variables = {},
  pages = {},
  background = [],
  ownNames = {},
}: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-server-'));
  const lines: Record<string, unknown>[] = [];
  const env = readEnv({ PORT: '0', HOOKLINE_DATA_DIR: folder, ...variables });
  const runtime = await createRuntime(env, createLog('debug', { write: (line: string) => lines.push(JSON.parse(line)) }), { ownNames });
  const plainPages: Pages = { answer: async (_, response) => void response.end('page'), close: async () => {} };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const server = await startServer({ runtime, pages: { ...plainPages, ...pages }, background }).catch(async (error: unknown) => {
    await runtime.close();
    remove();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    runtime,
    lines,
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}
