import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../scripts/test/free-port.ts';
import { measureStream } from './file-stream.bench.ts';
import { startInstance } from './instance.ts';
import type { Measurement, Scenario } from './scenario.ts';

const FOLDER = join(import.meta.dirname, '..', '.cache', 'python-mlflow');
const PYTHON = join(FOLDER, 'bin', 'python');
const SECONDS = 8;
/** Below what MLflow's pool of connections serves at once: beyond it, it answers 400. */
const RUNS = 8;
const LINES = 20;
const METRICS = Array.from({ length: 10 }, (_, index) => `train/metric_${index}`);
const START_SECONDS = 120;

/** The same values into the newest MLflow on SQLite, by log-batch, and into Hookline, whose automations judge them besides. */
export const mlflow: Scenario = {
  name: 'mlflow',
  run: async () => {
    const version = prepare();
    if (version === null) {
      console.error('NOT MEASURED: MLflow could not be installed from PyPI, so there is nothing to compare with.');
      return [];
    }
    const theirs = await measureMlflow();
    const instance = await startInstance();
    const ours = (await measureStream([instance])).find(({ name }) => name === 'file stream, metric values')!.value;
    await instance.stop();
    const measured: Measurement[] = [
      { name: `MLflow ${version} on SQLite, log-batch`, value: theirs, unit: 'values/s' },
      { name: 'Hookline, file stream, judged', value: ours, unit: 'values/s' },
      { name: 'Hookline to MLflow', value: ours / theirs, unit: 'times' },
    ];
    return measured;
  },
};

/** A Python environment of its own, made once; answers the version in it, null where there can be none. */
function prepare(): string | null {
  const complete = join(FOLDER, 'complete');
  if (!existsSync(complete)) {
    mkdirSync(FOLDER, { recursive: true });
    const run = (command: string, args: string[]) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
    if (!run('python3', ['-m', 'venv', '--clear', FOLDER]) || !run(PYTHON, ['-m', 'pip', 'install', '-q', 'mlflow'])) return null;
    writeFileSync(complete, '');
  }
  const { status, stdout } = spawnSync(PYTHON, ['-c', 'import importlib.metadata; print(importlib.metadata.version("mlflow"))']);
  return status === 0 ? stdout.toString().trim() : null;
}

async function measureMlflow(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-mlflow-'));
  const port = await freePort();
  const store = ['--backend-store-uri', `sqlite:///${folder}/mlflow.db`, '--artifacts-destination', join(folder, 'artifacts')];
  const child = spawn(PYTHON, ['-m', 'mlflow', 'server', ...store, '--host', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    detached: true, // its workers end with it
    stdio: 'ignore',
    // Without the runners of background jobs, which only take processor time from it.
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
  });
  const stop = () => void process.kill(-child.pid!, 'SIGKILL');
  process.once('exit', stop);
  try {
    await ready(port, child);
    const runs = await Promise.all(Array.from({ length: RUNS }, () => createRun(port)));
    await drive(port, runs, 2);
    return ((await drive(port, runs, SECONDS)) * LINES * METRICS.length) / SECONDS;
  } finally {
    process.off('exit', stop);
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      stop();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + START_SECONDS * 1000;
  while (performance.now() < until && child.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (response?.ok) return;
    await wait(200);
  }
  throw new Error('MLflow did not start.');
}

const agent = new Agent({ keepAlive: true, maxSockets: RUNS });

function post(port: number, path: string, body: object): Promise<string> {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    request(`http://127.0.0.1:${port}/api/2.0/mlflow${path}`, { agent, method: 'POST', headers }, (response) => {
      let answer = '';
      response.on('data', (piece) => (answer += piece));
      response.once('end', () => {
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`MLflow answered ${response.statusCode}: ${answer.slice(0, 200)}`));
      });
    })
      .once('error', reject)
      .end(text);
  });
}

async function createRun(port: number): Promise<string> {
  const { run } = JSON.parse(await post(port, '/runs/create', { experiment_id: '0', start_time: Date.now() }));
  return run.info.run_id as string;
}

const nextStep = new Map<string, number>();

/** Each run sends its next batch when the one before is answered; answers how many were. */
async function drive(port: number, runs: readonly string[], seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let sent = 0;
  const feed = async (run: string) => {
    while (performance.now() < end) {
      const first = nextStep.get(run) ?? 0;
      nextStep.set(run, first + LINES);
      const steps = Array.from({ length: LINES }, (_, index) => first + index);
      const metrics = steps.flatMap((step) =>
        METRICS.map((key, number) => ({ key, value: Math.sin(step + number) * 10, step, timestamp: 1.79e12 + step })),
      );
      await post(port, '/runs/log-batch', { run_id: run, metrics });
      sent++;
    }
  };
  await Promise.all(runs.map(feed));
  return sent;
}
