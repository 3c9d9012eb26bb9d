import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { type Counts, countsOf, readJunit, readPlaywright, readVitest } from './counts.ts';
import { aptInstall, execute, MINUTE_MS, type Workplace } from './execute.ts';
import { NEWEST_WANDB, preparePython, WANDB_VERSIONS } from './python.ts';

export type StepResult = { kind: 'ran'; counts: Counts } | { kind: 'could_not_run'; because: string };

export interface Step {
  name: string;
  /** Steps that must be over first, whatever came of them. */
  after: readonly string[];
  /** Steps without whose success this one means nothing. */
  needs: readonly string[];
  /** Told and not counted: what others release must not break a build that was whole yesterday. */
  reported?: boolean;
  run(work: Workplace): Promise<StepResult>;
}

const bin = (root: string, name: string) => join(root, 'node_modules', '.bin', name);

/** A check has no tests inside: it counts as one. */
function check(name: string, command: (root: string) => readonly [string, ...string[]], after: readonly string[] = []): Step {
  return {
    name,
    after,
    needs: [],
    run: async (work) => {
      const [program, ...args] = command(work.root);
      const passed = (await execute(work, program, args)) === 0;
      return { kind: 'ran', counts: { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 } };
    },
  };
}

const unit: Step = {
  name: 'unit and store tests',
  after: [],
  needs: [],
  run: async (work) => {
    const report = join(work.cache, 'vitest.json');
    rmSync(report, { force: true });
    const code = await execute(
      work,
      bin(work.root, 'vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      10 * MINUTE_MS,
    );
    return { kind: 'ran', counts: countsOf(readVitest, report, code) };
  },
};

const browser: Step = {
  name: 'browser tests',
  after: [],
  needs: ['build'],
  run: async (work) => {
    if (!existsSync(join(work.root, 'e2e'))) return { kind: 'could_not_run', because: 'there is no folder e2e' };
    const executable = findChromium() ?? ((await aptInstall(work, 'chromium')) ? findChromium() : undefined);
    if (!executable)
      return {
        kind: 'could_not_run',
        because: 'Chromium is not installed (as root it is installed with apt; otherwise: npx playwright install chromium)',
      };
    await preparePython(work, NEWEST_WANDB); // the story beside the client says that it was skipped where this failed
    const report = join(work.cache, 'playwright.json');
    rmSync(report, { force: true });
    const env = { CHROMIUM_PATH: executable, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const code = await execute(work, bin(work.root, 'playwright'), ['test', '--reporter=list,json'], 16 * MINUTE_MS, env);
    return { kind: 'ran', counts: countsOf(readPlaywright, report, code) };
  },
};

function pythonClient(version: string): Step {
  return {
    name: `Python client ${version}`,
    after: [],
    needs: ['build'],
    run: async (work) => {
      const python = await preparePython(work, version);
      if (!python)
        return { kind: 'could_not_run', because: `no Python environment with wandb ${version} could be made (see ${work.logFile})` };
      const report = join(work.cache, `pytest-${version}.xml`);
      rmSync(report, { force: true });
      const code = await execute(
        work,
        python,
        ['-m', 'pytest', 'sdk-tests', `--junitxml=${report}`, '-o', `cache_dir=${join(work.cache, 'pytest')}`],
        12 * MINUTE_MS,
      );
      return { kind: 'ran', counts: countsOf(readJunit, report, code) };
    },
  };
}

/** What `pip install wandb` gives today; nothing to run while that is one of ours. */
const newestPythonClient: Step = {
  ...pythonClient(''),
  name: 'newest Python client',
  after: WANDB_VERSIONS.map((version) => `Python client ${version}`),
  reported: true,
  run: async (work) => {
    const version = await newestWandb(work);
    if (version === undefined) return { kind: 'could_not_run', because: 'the package index did not say which is the newest' };
    if (WANDB_VERSIONS.some((ours) => ours === version)) return { kind: 'ran', counts: { passed: 0, failed: 0, skipped: 0 } };
    return pythonClient(version).run(work);
  },
};

async function newestWandb(work: Workplace): Promise<string | undefined> {
  const asked = await execute(work, 'python3', ['-m', 'pip', 'index', 'versions', 'wandb']);
  return asked === 0 ? /^wandb \(([^)]+)\)/m.exec(readFileSync(work.logFile, 'utf8'))?.[1] : undefined;
}

/** In the order in which they are started, two at a time: the long ones early. */
export function stepsFor(root: string): Step[] {
  return [
    check('types', () => ['npm', 'run', '--silent', 'typecheck']),
    check('build', () => [process.execPath, 'lib/server/build-pages.ts'], ['types']),
    unit,
    browser,
    ...(existsSync(join(root, 'sdk-tests')) ? [...WANDB_VERSIONS.map(pythonClient), newestPythonClient] : []),
    check('lint', () => [bin(root, 'biome'), 'check', '.']),
    check('boundaries', () => [process.execPath, 'scripts/check-boundaries.ts']),
    check('unused code', () => [bin(root, 'knip')]),
    check('paths in documents', () => [process.execPath, 'scripts/check-docs.ts']),
  ];
}
