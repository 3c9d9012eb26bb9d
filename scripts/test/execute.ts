import { appendFileSync, existsSync } from 'node:fs';
import { runCommand } from './processes.ts';

/** Where a step works: the checkout, what it may leave behind, and where its output goes. */
export interface Workplace {
  root: string;
  cache: string;
  logFile: string;
  env: Record<string, string>;
}

export const MINUTE_MS = 60_000;

export function execute(
  work: Workplace,
  command: string,
  args: readonly string[],
  timeoutMs = 5 * MINUTE_MS,
  env = {},
): Promise<number | null> {
  return runCommand(command, args, { cwd: work.root, logFile: work.logFile, env: { ...work.env, ...env }, timeoutMs });
}

let apt: Promise<unknown> = Promise.resolve();

/** One at a time: apt holds a lock. */
export function aptInstall(work: Workplace, name: string): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return Promise.resolve(false);
  const install = async () => {
    appendFileSync(work.logFile, `installing ${name} with apt\n`);
    if ((await execute(work, 'apt-get', ['update', '-q'])) !== 0) return false;
    return (
      (await execute(work, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', name], 10 * MINUTE_MS, {
        DEBIAN_FRONTEND: 'noninteractive',
      })) === 0
    );
  };
  const done = apt.then(install);
  apt = done;
  return done;
}
