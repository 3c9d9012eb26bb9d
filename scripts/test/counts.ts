import { existsSync, readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Which, where the report says so. */
  skippedNames?: string[];
  failedNames?: string[];
  /** Passed only when tried again: each one is a fault to mend, in the test or in the product. */
  secondTries?: string[];
}

/** A runner that failed without naming a test (a syntax error, a crash) still counts as one failure. */
export function countsOf(read: (file: string) => Counts, file: string, exitCode: number | null): Counts {
  const counts = existsSync(file) ? read(file) : { passed: 0, failed: 0, skipped: 0 };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

export function readVitest(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const suites: VitestSuite[] = report.testResults;
  const emptyFailures = suites.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const namesOf = (which: (result: VitestResult) => boolean, told = ({ fullName }: VitestResult) => fullName.trim()) =>
    suites.flatMap(({ assertionResults }) => assertionResults.filter(which).map(told));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + emptyFailures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames: namesOf(({ status }) => status === 'pending' || status === 'skipped'),
    failedNames: [...emptyFailures.map(({ name }) => name), ...namesOf(({ status }) => status === 'failed')],
    secondTries: namesOf(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0, withMessage),
  };
}

interface VitestSuite {
  name: string;
  status: string;
  assertionResults: VitestResult[];
}

interface VitestResult {
  status: string;
  fullName: string;
  failureMessages: string[];
}

const MESSAGE_SHOWN = 400;
/** A property's message has the seed that shows the fault again. */
const withMessage = ({ fullName, failureMessages }: VitestResult) => `${fullName.trim()}: ${failureMessages[0]!.slice(0, MESSAGE_SHOWN)}`;

interface PlaywrightSpec {
  title: string;
  file: string;
  tests: { status: string; annotations?: { type: string; description?: string }[] }[];
}

interface PlaywrightSuite {
  specs?: PlaywrightSpec[];
  suites?: PlaywrightSuite[];
}

export function readPlaywright(file: string): Counts {
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8')) as { stats: Record<string, number>; suites: PlaywrightSuite[] };
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = stats;
  const specs = suites.flatMap(specsOf);
  const namesOf = (status: string) => specs.filter(({ tests }) => tests.some((one) => one.status === status)).map(inWords);
  return {
    ...{ passed: expected + flaky, failed: unexpected, skipped },
    skippedNames: namesOf('skipped'),
    failedNames: namesOf('unexpected'),
    secondTries: namesOf('flaky'),
  };
}

/** One that was skipped with the reason that it gave. */
const inWords = ({ file, title, tests }: PlaywrightSpec) =>
  [file, title, ...tests.flatMap(({ annotations = [] }) => annotations.flatMap(({ description }) => description ?? []))].join(': ');

const specsOf = (suite: PlaywrightSuite): PlaywrightSpec[] => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

export function readJunit(file: string): Counts {
  const suites = readFileSync(file, 'utf8').match(/<testsuite\s[^>]*>/g) ?? [];
  const sum = (name: string) =>
    suites.reduce((total, suite) => total + Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? 0), 0);
  const failed = sum('failures') + sum('errors');
  return { passed: sum('tests') - failed - sum('skipped'), failed, skipped: sum('skipped') };
}
