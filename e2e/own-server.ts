import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../scripts/test/free-port.ts';

const LAUNCHER = join(import.meta.dirname, '..', 'lib', 'cli', 'hookline.mjs');

export interface OwnServer {
  url: string;
  /** What the process wrote for whoever started it, such as the link to its first page. */
  said: string[];
  /** As a power cut would: nothing is flushed or closed. */
  kill(): Promise<void>;
  /** The same data directory and port again. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** A server process of a test's own, on an empty data directory; the shared instance has been set up long ago. */
export async function startOwnServer(variables: Record<string, string>): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-own-'));
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const env = { PORT: port, HOOKLINE_PUBLIC_URL: url, HOOKLINE_DATA_DIR: folder, HOOKLINE_LOG_LEVEL: 'error', ...variables };
  const said: string[] = [];
  let child = await launch(env, said);
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    url,
    said,
    kill: () => end('SIGKILL'),
    restart: async () => {
      child = await launch(env, said);
    },
    remove: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when it says that it is ready. */
function launch(env: Record<string, string>, said: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [LAUNCHER, 'start'], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    let ready = false;
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said.slice(-5).join(' | ')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      ready ||= line.startsWith('Hookline is ready');
      if (ready) resolve(child);
    });
  });
}
