import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ADMIN } from './instance.ts';
import { type OwnInstance, startOwnInstance } from './own-instance.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let own: OwnInstance;
let admins: Receiver;

test.beforeAll(async () => {
  own = await startOwnInstance();
  admins = await startReceiver('admins');
});
test.afterAll(async () => {
  await own.server.remove();
  await admins.close();
});

/** What days do to a webhook that fails: done to its row while the server is down, as nobody waits for days. */
async function letPass(page: Page, ms: number) {
  await page.goto('about:blank');
  await own.server.end('SIGTERM');
  const database = new DatabaseSync(join(own.server.dataDir, 'hookline.db'));
  database
    .prepare(
      'update targets set first_failure_at = first_failure_at - :ms, warned_at = warned_at - :ms, paused_until = paused_until - :ms where first_failure_at is not null',
    )
    .run({ ms });
  database.close();
  await own.server.restart();
}

test('a webhook that fails for days: paused, warned of, recovered, in the end disabled; its admins are told in the app and in Slack', async ({
  page,
  receiver,
}) => {
  test.setTimeout(180_000);
  const { rest, server } = own;
  const at = `/teams/${ADMIN.team}`;
  const slack = new URL('/services/T0/B0/of-the-admins-channel', admins.url).href;
  const channel = await rest.post<{ id: string }>(`${at}/slack-channels`, { name: 'admins', webhookUrl: slack });
  const { id } = await rest.post<{ id: string }>(`${at}/webhooks`, { name: 'tracker', url: receiver.url, noticesTo: channel.id });
  await rest.post('/projects', { entity: ADMIN.team, name: 'vision' });
  await rest.post('/automations', {
    name: 'Tell the tracker',
    scope: { project: `${ADMIN.team}/vision` },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { webhook: 'tracker' },
    retry: { delaysSeconds: [0] },
  });
  let runs = 0;
  const fire = async (count = 1) => {
    const events = Array.from({ length: count }, () => ({ type: 'run.state', run: { id: `r${++runs}`, state: 'failed' } }));
    return (await rest.post<{ executions: string[] }>(`/projects/${ADMIN.team}/vision/events`, events)).executions;
  };
  const settled = async (ids: string[], status: string) => {
    for (const one of ids) await expect.poll(async () => (await rest.get<{ status: string }>(`/executions/${one}`)).status).toBe(status);
  };
  const open = async (path: string) => {
    await own.enter(page);
    await page.goto(`${server.url}${path}`);
  };
  const told = async () => JSON.stringify(JSON.parse((await admins.next()).body));
  const settings = `/${ADMIN.team}/settings/webhooks/${id}`;

  await test.step('it fails for a minute, more than ten times: paused', async () => {
    receiver.answerWith(503, 'deploying');
    await settled(await fire(1), 'failed');
    await letPass(page, 2 * 60_000);
    await fire(12);
    expect(await told()).toContain('\\"tracker\\" is paused');
    await open(settings);
    const breaker = page.getByRole('heading', { name: 'Circuit breaker' }).locator('xpath=ancestor::section[1]');
    await expect(breaker).toContainText('Paused');
    await expect(breaker).toContainText('answered 503');
    await expect(breaker.getByRole('timer')).toHaveText(/0[12]:\d\d/);
    const [waiting] = await fire(1);
    await page.goto(`${server.url}/executions/${waiting}`);
    await expect(page.getByRole('heading', { name: 'Waiting: the integration is paused' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Attempts' })).toContainText(/Next try in 0[12]:\d\d/);
  });

  await test.step('it is well again: a probe succeeds, what waited is sent, and that is told', async () => {
    receiver.answerWith(200, 'ok');
    await page.getByRole('button', { name: 'Try now' }).click(); // as the probe, which would have gone two minutes later
    expect(await told()).toContain('\\"tracker\\" works again');
    await open('/');
    await expect(page.getByText('"tracker" works again.')).toBeVisible();
    await open(settings);
    await expect(page.getByText('Well', { exact: true })).toBeVisible();
  });

  await test.step('it fails for days: warnings on the way', async () => {
    receiver.answerWith(503, 'deploying');
    await settled(await fire(1), 'failed');
    await letPass(page, 2.6 * DAY_MS);
    await fire(1);
    expect(await told()).toMatch(/nothing but fail for 2 d.*disabled at the first failure after/);
    await open('/');
    await expect(page.getByText(/"tracker" has done nothing but fail for 2 d/)).toBeVisible();
    await open(settings);
    await expect(page.getByRole('listitem').filter({ hasText: 'Warning at 50 %' })).toContainText('given');
    await expect(page.getByText(/Disabled in 2 d/)).toBeVisible();
  });

  await test.step('five days: warned once more, then disabled, and what fires is skipped', async () => {
    await letPass(page, 2.5 * DAY_MS);
    await fire(1);
    expect(await told()).toContain('nothing but fail for 5 d');
    await letPass(page, 7 * HOUR_MS);
    await fire(1);
    expect(await told()).toContain('\\"tracker\\" was disabled');
    await settled(await fire(1), 'skipped');
    await open('/');
    await expect(page.getByText(/"tracker" was disabled\. Nothing but failures for 5 days\./)).toBeVisible();
    await open(`/${ADMIN.team}/settings/webhooks`);
    await expect(page.getByRole('row', { name: /tracker/ })).toContainText('Nothing but failures for 5 days.');
  });
});
