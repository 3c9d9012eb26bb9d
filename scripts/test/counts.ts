import { existsSync, readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Which, where the report says so. */
  skippedNames?: string[];
}

/** A runner that failed without naming a test (a syntax error, a crash) still counts as one failure. */
export function countsOf(read: (file: string) => Counts, file: string, exitCode: number | null): Counts {
  const counts = existsSync(file) ? read(file) : { passed: 0, failed: 0, skipped: 0 };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

export function readVitest(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const emptyFailures = report.testResults.filter(
    (suite: { status: string; assertionResults: unknown[] }) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + emptyFailures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames: report.testResults.flatMap((suite: { assertionResults: { status: string; fullName: string }[] }) =>
      suite.assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped').map(({ fullName }) => fullName.trim()),
    ),
  };
}

export function readPlaywright(file: string): Counts {
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

export function readJunit(file: string): Counts {
  const suites = readFileSync(file, 'utf8').match(/<testsuite\s[^>]*>/g) ?? [];
  const sum = (name: string) =>
    suites.reduce((total, suite) => total + Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? 0), 0);
  const failed = sum('failures') + sum('errors');
  return { passed: sum('tests') - failed - sum('skipped'), failed, skipped: sum('skipped') };
}
