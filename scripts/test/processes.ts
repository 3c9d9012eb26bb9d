import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

export interface CommandOptions {
  cwd: string;
  logFile: string;
  env?: Record<string, string>;
  timeoutMs: number;
}

const running = new Set<ChildProcess>();

/** Runs a command with its output in a file; gives its exit code, or null when it was stopped or could not start. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, logFile, env, timeoutMs }: CommandOptions,
): Promise<number | null> {
  return new Promise((resolve) => {
    const log = createWriteStream(logFile, { flags: 'a' });
    log.write(`$ ${command} ${args.join(' ')}\n`);
    // A process group of its own, so that whatever it started can be ended with it.
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const timer = setTimeout(() => {
      log.write(`\nstopped after ${timeoutMs / 1000} s\n`);
      signalGroup(child, 'SIGKILL');
    }, timeoutMs);
    const finish = (code: number | null) => {
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
      running.delete(child);
      log.end(() => resolve(code));
    };
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once('error', (error) => {
      log.write(`${error.message}\n`);
      finish(null);
    });
    child.once('exit', finish);
  });
}

/** Nothing that we started outlives us. */
export function endWithUs(): void {
  process.once('exit', () => signalAll('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      signalAll('SIGTERM');
      setTimeout(() => process.exit(130), 3000);
    });
  }
}

function signalAll(signal: NodeJS.Signals): void {
  for (const child of running) signalGroup(child, signal);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
