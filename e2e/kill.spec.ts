import { expect, test } from '@playwright/test';
import { killRounds } from './kill-rounds.ts';

// The long form is `npm run chaos`.
test('after a kill with a thousand deliveries queued and in flight, every accepted one arrives', async () => {
  test.setTimeout(120_000);
  const report = await killRounds({ rounds: 1, eventsPerRound: 1000 });
  test.info().annotations.push({ type: 'duplicates', description: `${report.duplicates} of ${report.accepted}` });
  expect(report).toMatchObject({ accepted: 1000, lost: 0 });
  expect(report.duplicates, 'only what was in flight is sent twice').toBeLessThanOrEqual(64);
});
