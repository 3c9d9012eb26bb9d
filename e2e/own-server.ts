import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/test/free-port.ts';
import { type OwnProcess, startOwnProcess } from './own-process.ts';

export interface OwnServer extends OwnProcess {
  url: string;
  dataDir: string;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** A server process of a test's own, on an empty data directory; the shared instance has been set up long ago. */
export async function startOwnServer(variables: Record<string, string>): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookline-own-'));
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const env = { PORT: port, HOOKLINE_PUBLIC_URL: url, HOOKLINE_DATA_DIR: dataDir, HOOKLINE_LOG_LEVEL: 'error', ...variables };
  const server = await startOwnProcess('start', env);
  return {
    ...server,
    url,
    dataDir,
    remove: async () => {
      await server.end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
