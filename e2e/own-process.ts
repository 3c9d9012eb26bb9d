import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LAUNCHER = join(import.meta.dirname, '..', 'lib', 'cli', 'hookline.mjs');

export interface OwnProcess {
  /** What it wrote for whoever started it, such as the link to its first page. */
  said: string[];
  /** Answers once it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Neither stops it nor lets it go on: SIGSTOP and SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** With the same settings but these; answers when it is ready. */
  restart(changed?: Record<string, string>): Promise<void>;
}

/** Runs `hookline <command>` until it says that it is ready. */
export async function startOwnProcess(command: 'start' | 'worker', env: Record<string, string>): Promise<OwnProcess> {
  const said: string[] = [];
  let child = await launch(command, env, said);
  return {
    said,
    end: (signal) =>
      new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill(signal);
      }),
    signal: (signal) => void child.kill(signal),
    restart: async (changed = {}) => {
      child = await launch(command, { ...env, ...changed }, said);
    },
  };
}

function launch(command: string, env: Record<string, string>, said: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [LAUNCHER, command], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    let ready = false;
    child.once('exit', (code) => reject(new Error(`"hookline ${command}" ended with ${code}: ${said.slice(-5).join(' | ')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      ready ||= /^Hookline (is ready|delivers)/.test(line);
      if (ready) resolve(child);
    });
  });
}
