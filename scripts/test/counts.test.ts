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
    testResults: [{ status: 'failed', assertionResults: [] }],
  };
  expect(readVitest(file(JSON.stringify(report)))).toEqual({ passed: 3, failed: 1, skipped: 0, skippedNames: [] });
});

test('what vitest skipped is named', () => {
  const suite = {
    status: 'passed',
    assertionResults: [
      { status: 'passed', fullName: ' one' },
      { status: 'skipped', fullName: ' Go runs' },
    ],
  };
  const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [suite] };
  expect(readVitest(file(JSON.stringify(report)))).toEqual({ passed: 1, failed: 0, skipped: 1, skippedNames: ['Go runs'] });
});

test('a browser test that passed at its second try counts as passed', () => {
  expect(readPlaywright(file('{"stats":{"expected":4,"flaky":1,"unexpected":2,"skipped":0}}'))).toEqual({
    passed: 5,
    failed: 2,
    skipped: 0,
  });
});

test('a runner that died without a report counts as one failure', () => {
  expect(countsOf(readVitest, join(folder, 'absent'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
