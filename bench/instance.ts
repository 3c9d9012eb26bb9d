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
  /** Processor time so far, of all its threads; other programs on the machine do not count. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const POLL_MS = 20;
const LAUNCHER = join(import.meta.dirname, '..', 'lib', 'cli', 'hookline.mjs');

/** `BENCH_PROFILES=folder npm run bench -- graphql` leaves there what each instance spent its time on, for a browser's profiler. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILES;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** The product as `npm start` runs it, on an empty data directory unless one is given. */
export async function startInstance(variables: Record<string, string> = {}): Promise<BenchInstance> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-bench-'));
  const port = await freePort();
  const apiKey = 'be9c'.repeat(10);
  const since = performance.now();
  const child = spawn(process.execPath, [...profiling(), LAUNCHER, 'start'], {
    env: {
      ...process.env,
      PORT: String(port),
      HOOKLINE_DATA_DIR: folder,
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
    cpuMs: () => processorMs(child.pid!),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of several together. */
export const cpuMsOf = (instances: readonly BenchInstance[]) => instances.reduce((total, instance) => total + instance.cpuMs(), 0);

/** As proc(5) has it: the 14th and 15th field, in hundredths of a second; the name before them may hold anything. */
function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const response = await fetch(`${url}/ready`).catch(() => undefined);
    if (response?.ok) return;
    await wait(POLL_MS);
  }
  throw new Error(`The instance ended with exit code ${child.exitCode} before it was ready.`);
}
