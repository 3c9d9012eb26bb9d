import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestPostgres } from './test/postgres.ts';
import { endWithUs } from './test/processes.ts';
import { type Step, type StepResult, stepsFor } from './test/steps.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, '.cache', 'test');
const AT_ONCE = 2;
const LINES_SHOWN = 80;

const seconds = (sinceMs: number) => `${((Date.now() - sinceMs) / 1000).toFixed(0)} s`;
const logOf = (step: Step) => join(CACHE, `${step.name.replaceAll(/[^\w.]+/g, '-')}.log`);

mkdirSync(CACHE, { recursive: true });
endWithUs();
const startedAt = Date.now();
const postgres = await startTestPostgres().catch((error: Error) => error);
const env: Record<string, string> = postgres instanceof Error ? {} : { TEST_POSTGRES_URL: postgres.url };

const results = await runAll(stepsFor(ROOT));
if (!(postgres instanceof Error)) await postgres.stop();
process.exitCode = summarize(results);

async function runAll(steps: readonly Step[]): Promise<Map<Step, StepResult>> {
  const results = new Map<Step, StepResult>();
  const waiting = [...steps];
  const passed = (name: string) =>
    [...results].some(([step, result]) => step.name === name && result.kind === 'ran' && result.counts.failed === 0);
  const over = (name: string) => [...results.keys()].some((step) => step.name === name);
  const running = new Map<Step, Promise<void>>();
  while (waiting.length + running.size > 0) {
    const next = running.size < AT_ONCE ? waiting.findIndex((step) => [...step.after, ...step.needs].every(over)) : -1;
    if (next < 0) {
      await Promise.race(running.values());
      continue;
    }
    const [step] = waiting.splice(next, 1) as [Step];
    const failedBefore = step.needs.find((name) => !passed(name));
    const result = failedBefore
      ? Promise.resolve<StepResult>({ kind: 'could_not_run', because: `the step "${failedBefore}" did not pass` })
      : start(step);
    running.set(
      step,
      result.then((value) => {
        results.set(step, value);
        running.delete(step);
      }),
    );
  }
  return results;
}

async function start(step: Step): Promise<StepResult> {
  const since = Date.now();
  const logFile = logOf(step);
  writeFileSync(logFile, '');
  console.log(`· ${step.name} …`);
  const result = await step.run({ root: ROOT, cache: CACHE, logFile, env });
  if (result.kind === 'could_not_run') console.log(`! ${step.name} could not run: ${result.because}`);
  else if (result.counts.failed === 0) console.log(`✓ ${step.name} (${result.counts.passed} passed, ${seconds(since)})`);
  else {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
    console.log(
      `✗ ${step.name} (${result.counts.failed} failed, ${seconds(since)}), the end of ${logFile}:\n${lines.slice(-LINES_SHOWN).join('\n')}`,
    );
  }
  return result;
}

/** Under CI what could not run is a failure: a green run means that everything ran. */
function summarize(results: ReadonlyMap<Step, StepResult>): number {
  const missing = postgres instanceof Error ? [`PostgreSQL: ${postgres.message}`] : [];
  let passed = 0;
  let failed = 0;
  console.log(`\n${'─'.repeat(60)}`);
  for (const [step, result] of results) {
    if (step.reported) {
      console.log(`· ${step.name}, not counted: ${told(result)}`);
      continue;
    }
    if (result.kind === 'could_not_run') {
      missing.push(`${step.name}: ${result.because}`);
      continue;
    }
    passed += result.counts.passed;
    failed += result.counts.failed;
    if (result.counts.skipped > 0)
      missing.push([`${step.name}: ${result.counts.skipped} skipped`, ...(result.counts.skippedNames ?? [])].join('\n    '));
    console.log(`${result.counts.failed === 0 ? '✓' : '✗'} ${step.name}: ${result.counts.passed} passed, ${result.counts.failed} failed`);
    for (const name of result.counts.failedNames ?? []) console.log(`    ✗ ${name}`);
    for (const name of result.counts.secondTries ?? []) console.log(`    ! only at the second try: ${name}`);
  }
  if (missing.length > 0)
    console.log(`\nCOULD NOT RUN${process.env.CI ? ' (counted as failed)' : ''}:\n${missing.map((line) => `  ${line}`).join('\n')}`);
  if (process.env.CI) failed += missing.length;
  console.log(`\nin ${seconds(startedAt)}, logs in ${CACHE}\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function told(result: StepResult): string {
  if (result.kind === 'could_not_run') return result.because;
  const { passed, failed } = result.counts;
  return passed + failed === 0 ? 'it is one of those above' : `${passed} passed, ${failed} failed`;
}
