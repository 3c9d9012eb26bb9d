import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, execute, type Workplace } from './execute.ts';

/** The oldest client that we promise to serve, and the newest. */
export const WANDB_VERSIONS = ['0.28.2', '0.31.0'] as const;
export const NEWEST_WANDB = WANDB_VERSIONS[1];

/** The interpreter of an environment with this client, once `preparePython` has made it. */
export function findPython(root: string, version: string): string | undefined {
  const { interpreter, complete } = environment(root, version);
  return existsSync(complete) ? interpreter : undefined;
}

const preparing = new Map<string, Promise<string | undefined>>();

/** Makes the environment where there is none yet, once however many steps ask for it; undefined when it cannot be made. */
export function preparePython(work: Workplace, version: string): Promise<string | undefined> {
  const prepared = preparing.get(version) ?? prepare(work, version);
  preparing.set(version, prepared);
  return prepared;
}

async function prepare(work: Workplace, version: string): Promise<string | undefined> {
  const { folder, interpreter, complete } = environment(work.root, version);
  if (existsSync(complete)) return interpreter;
  const makeVenv = async () => (await execute(work, 'python3', ['-m', 'venv', '--clear', folder])) === 0;
  if (!(await makeVenv()) && !((await aptInstall(work, 'python3-venv')) && (await makeVenv()))) return undefined;
  const requirements = existsSync(join(work.root, 'sdk-tests', 'requirements.txt')) ? ['-r', 'sdk-tests/requirements.txt'] : [];
  const packages = ['-m', 'pip', 'install', '-q', `wandb==${version}`, 'pytest', ...requirements];
  if ((await execute(work, interpreter, packages)) !== 0) return undefined;
  writeFileSync(complete, version);
  return interpreter;
}

function environment(root: string, version: string) {
  const folder = join(root, '.cache', `python-wandb-${version}`);
  return { folder, interpreter: join(folder, 'bin', 'python'), complete: join(folder, 'complete') };
}
