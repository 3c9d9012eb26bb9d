import { expect, test } from '@playwright/test';
import { startTestPostgres } from '../../scripts/test/postgres.ts';
import { cutOffRun } from './cut-off-run.ts';
import { seededRandom } from './random.ts';

// The long form, with cuts of a minute, is `npm run chaos`.
test('PostgreSQL that hangs, is cut off, refuses or restarts makes callers wait and loses nothing', async () => {
  test.setTimeout(240_000);
  const postgres = await startTestPostgres();
  try {
    const report = await cutOffRun({ postgres, cutMs: 3000, random: seededRandom(Date.now()) });
    test.info().annotations.push({ type: 'report', description: JSON.stringify(report) });
    expect(report).toMatchObject({ lost: 0, withoutRetryAfter: 0 });
    expect(report.refusals).toBeGreaterThanOrEqual(3);
    expect(report.slowestRefusalMs).toBeLessThan(20_000);
    for (const ready of report.readyWhileAway) {
      expect(ready).toMatchObject({ status: 503, troubles: { store: 'The database cannot be reached.' } });
      expect(ready.tookMs).toBeLessThan(4000);
    }
  } finally {
    await postgres.stop();
  }
});
