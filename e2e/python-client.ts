import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython, NEWEST_WANDB } from '../scripts/test/python.ts';
import { e2eInstance } from './instance.ts';

const ROOT = join(import.meta.dirname, '..');

/** With the newest client that we promise to serve; undefined where `npm test` has not made one. */
export const findPythonClient = () => findPython(ROOT, NEWEST_WANDB);

/** Runs a script beside this file as its user would: two variables, and a home of its own. Answers what it left in STORY_RESULT. */
export async function runWithClient<T>(python: string, script: string, args: readonly string[], apiKey: string): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'hookline-client-'));
  const result = join(home, 'result.json');
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: process.env.NODE_ENV,
    HOME: home,
    WANDB_BASE_URL: e2eInstance().url,
    WANDB_API_KEY: apiKey,
    STORY_RESULT: result,
  };
  try {
    const child = spawn(python, [join(import.meta.dirname, script), ...args], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece));
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`${script} ended with ${code}:\n${said}`);
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
