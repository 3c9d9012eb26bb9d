import { expect, test } from '@playwright/test';
import { postgresForTests } from './postgres.ts';
import { seededRandom } from './random.ts';
import { type ChaosReport, chaosRun } from './run.ts';

// The short form of `npm run chaos`. Times are twice what that allows: other tests run beside.

function expectTrusted(report: ChaosReport): void {
  test.info().annotations.push({ type: 'report', description: JSON.stringify(report) });
  expect(report).toMatchObject({ received: report.accepted, lost: 0, unexplained: 0 });
  expect(report.mostForOneKill, 'only what was in flight is sent twice').toBeLessThanOrEqual(64);
  expect(report.restartMs).toBeLessThan(4000);
}

test('after kills at random moments of the one process on SQLite, every accepted event has its webhook', async () => {
  test.setTimeout(180_000);
  const shape = { name: 'SQLite, one process', workers: 0 };
  const report = await chaosRun({ shape, kills: 3, backlog: 1000, random: seededRandom(Date.now()) });
  expectTrusted(report);
  expect(report.accepted).toBeGreaterThanOrEqual(1000);
});

test('after kills at random moments of a server and two workers on PostgreSQL, every accepted event has its webhook', async () => {
  test.setTimeout(240_000);
  const postgres = await postgresForTests();
  try {
    const shape = { name: 'PostgreSQL, a server and two workers', postgresUrl: postgres.url, workers: 2 };
    const report = await chaosRun({ shape, kills: 2, backlog: 300, random: seededRandom(Date.now()) });
    expectTrusted(report);
    expect(report.takeOverMs).toBeLessThan(20_000);
  } finally {
    await postgres.stop();
  }
});
