import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../scripts/test/free-port.ts';

export interface BenchInstance {
  url: string;
  apiKey: string;
  team: string;
  startMs: number;
  residentMiB(): number;
  stop(): Promise<void>;
}

const POLL_MS = 20;

/** The product as `npm start` runs it, on an empty data directory. */
export async function startInstance(variables: Record<string, string> = {}): Promise<BenchInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-bench-'));
  const port = await freePort();
  const apiKey = 'be9c'.repeat(10);
  const since = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'lib', 'cli', 'hookline.mjs'), 'start'], {
    env: {
      ...process.env,
      PORT: String(port),
      HOOKLINE_DATA_DIR: folder,
      HOOKLINE_LOG_LEVEL: 'warn',
      HOOKLINE_ADMIN_USERNAME: 'bench',
      HOOKLINE_ADMIN_PASSWORD: 'correct horse battery',
      HOOKLINE_ADMIN_API_KEY: apiKey,
      HOOKLINE_ORGANIZATION: 'Bench',
      HOOKLINE_TEAM: 'bench-team',
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  return {
    url,
    apiKey,
    team: 'bench-team',
    startMs: performance.now() - since,
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const response = await fetch(`${url}/ready`).catch(() => undefined);
    if (response?.ok) return;
    await wait(POLL_MS);
  }
  throw new Error(`The instance ended with exit code ${child.exitCode} before it was ready.`);
}
