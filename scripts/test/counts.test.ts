import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countsOf, readJunit, readPlaywright, readVitest } from './counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'hookline-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'report');
  writeFileSync(path, text);
  return path;
}

test('a pytest report counts failures and errors as failed', () => {
  const report = file(
    '<testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10" time="3"></testsuite></testsuites>',
  );
  expect(readJunit(report)).toEqual({ passed: 6, failed: 3, skipped: 1 });
});

test('a vitest file that could not be loaded counts as failed', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ name: 'broken.test.ts', status: 'failed', assertionResults: [] }],
  };
  expect(readVitest(file(JSON.stringify(report)))).toMatchObject({ passed: 3, failed: 1, skipped: 0, failedNames: ['broken.test.ts'] });
});

test('what vitest skipped, failed or tried again is named', () => {
  const suite = {
    name: 'some.test.ts',
    status: 'failed',
    assertionResults: [
      { status: 'passed', fullName: ' one', failureMessages: [] },
      { status: 'passed', fullName: ' at last', failureMessages: ['not yet'] },
      { status: 'failed', fullName: ' never', failureMessages: ['no', 'no'] },
      { status: 'skipped', fullName: ' Go runs', failureMessages: [] },
    ],
  };
  const report = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0, testResults: [suite] };
  expect(readVitest(file(JSON.stringify(report)))).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    skippedNames: ['Go runs'],
    failedNames: ['never'],
    secondTries: ['at last: not yet'],
  });
});

test('a browser test that passed at its second try counts as passed and is named', () => {
  const report = {
    stats: { expected: 4, flaky: 1, unexpected: 1, skipped: 0 },
    suites: [
      {
        specs: [{ file: 'a.spec.ts', title: 'at last', tests: [{ status: 'flaky' }] }],
        suites: [{ specs: [{ file: 'a.spec.ts', title: 'never', tests: [{ status: 'unexpected' }] }] }],
      },
    ],
  };
  expect(readPlaywright(file(JSON.stringify(report)))).toEqual({
    passed: 5,
    failed: 1,
    skipped: 0,
    skippedNames: [],
    failedNames: ['a.spec.ts: never'],
    secondTries: ['a.spec.ts: at last'],
  });
});

test('what Playwright skipped is named with its reason', () => {
  const spec = (status: string) => ({
    file: 'a.spec.ts',
    title: status,
    tests: [{ status, annotations: [{ type: 'skip', description: 'no Python' }] }],
  });
  const report = {
    stats: { expected: 1, flaky: 0, unexpected: 0, skipped: 1 },
    suites: [{ specs: [spec('expected')], suites: [{ specs: [spec('skipped')] }] }],
  };
  expect(readPlaywright(file(JSON.stringify(report))).skippedNames).toEqual(['a.spec.ts: skipped: no Python']);
});

test('a runner that died without a report counts as one failure', () => {
  expect(countsOf(readVitest, join(folder, 'absent'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
