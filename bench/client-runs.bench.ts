import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type BenchInstance, startInstance } from './instance.ts';
import type { Measurement, Scenario } from './scenario.ts';

const ROOT = join(import.meta.dirname, '..');
/** Made by `npm test`. */
const PYTHON = join(ROOT, '.cache', 'python-wandb-0.31.0', 'bin', 'python');
const PROCESSES = 4;
const RUNS_EACH = 25;
const STEPS = 500;

/** A hundred real runs of the stock client at once: every step must be there in the end, and no client may complain. */
export const clientRuns: Scenario = {
  name: 'client-runs',
  run: async () => {
    if (!existsSync(PYTHON)) {
      console.error(`NOT MEASURED: client-runs needs the Python client in ${PYTHON}; "npm test" makes it.`);
      return [];
    }
    const instance = await startInstance();
    const since = performance.now();
    const said = await Promise.all(Array.from({ length: PROCESSES }, (_, number) => logRuns(instance, number * RUNS_EACH)));
    const seconds = (performance.now() - since) / 1000;
    const complaints = said
      .join('\n')
      .split('\n')
      .filter((line) => /WARNING|ERROR/.test(line));
    const whole = await countWhole(instance);
    await instance.stop();
    for (const complaint of complaints.slice(0, 5)) console.error(`  ${complaint}`);
    const measured: Measurement[] = [
      { name: `client runs, ${STEPS} steps each, until all have ended`, value: seconds, unit: 's' },
      { name: 'client runs that ended with every step', value: whole, unit: `of ${PROCESSES * RUNS_EACH}` },
      { name: 'client runs, warnings of the clients', value: complaints.length, unit: 'lines' },
    ];
    return measured;
  },
};

function logRuns({ url, apiKey, team }: BenchInstance, first: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-runs-'));
  const script = join(ROOT, 'sdk-tests', 'log_many_runs.py');
  const args = [team, 'many', first, RUNS_EACH, STEPS].map(String);
  const home = { HOME: folder, WANDB_DIR: folder, WANDB_CACHE_DIR: folder, WANDB_CONFIG_DIR: folder, WANDB_DATA_DIR: folder };
  const env = { ...process.env, ...home, WANDB_BASE_URL: url, WANDB_API_KEY: apiKey };
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, [script, ...args], { cwd: folder, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
    child.once('error', reject);
    child.once('exit', (code) => {
      rmSync(folder, { recursive: true, force: true });
      if (code === 0) resolve(said);
      else reject(new Error(`A client ended with ${code}: ${said.slice(-2000)}`));
    });
  });
}

async function countWhole({ url, apiKey, team }: BenchInstance): Promise<number> {
  const query = `query R($team: String!) { project(name: "many", entityName: $team) { runs(first: 1000) {
    edges { node { state historyLineCount history(samples: 10000) } } } } }`;
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables: { team } }) });
  const { data } = (await response.json()) as {
    data: { project: { runs: { edges: { node: { state: string; historyLineCount: number; history: string[] } }[] } } };
  };
  const steps = (history: string[]) => history.every((line, step) => (JSON.parse(line) as { acc: number }).acc === step);
  return data.project.runs.edges.filter(
    ({ node }) => node.state === 'finished' && node.historyLineCount === STEPS && node.history.length === STEPS && steps(node.history),
  ).length;
}
