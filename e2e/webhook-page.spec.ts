import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { expect, type Person, test } from './fixtures.ts';
import { choose, chooseInMenu } from './forms.ts';
import { type Received, type Receiver, wandbSignature } from './receiver.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A webhook that is called when a run fails; answers its id and how to have so many runs fail. */
async function toldOfFailures({ rest }: Person, team: string, project: string, receiver: Receiver, fields: object = {}) {
  const { id } = await rest.post<{ id: string }>(`/teams/${team}/webhooks`, { name: 'tracker', url: receiver.url, ...fields });
  await rest.post('/automations', {
    name: 'Tell the tracker',
    scope: { project: `${team}/${project}` },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { webhook: 'tracker' },
    retry: { delaysSeconds: [0] },
  });
  let runs = 0;
  const fail = async (count: number) => {
    const before = receiver.received.length;
    const events = Array.from({ length: count }, () => ({ type: 'run.state', run: { id: `r${++runs}`, state: 'failed' } }));
    await rest.post(`/projects/${team}/${project}/events`, events);
    await receiver.reached(before + count);
  };
  return { id, fail };
}

/** As the public library reads them. */
const standardHeaders = ({ headers }: Received) => headers as Record<string, string>;

const stat = (page: Page, label: string) => page.getByRole('term').filter({ hasText: label }).locator('xpath=following-sibling::dd[1]');

test('a webhook’s page tells how its deliveries went, and leads to what failed', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  const { id, fail } = await toldOfFailures(actor, team, project, receiver);
  await fail(3);
  receiver.answerWith(503, 'deploying');
  await fail(1);
  await enter(page, actor);
  await page.goto(`/${team}/settings/webhooks`);
  await page.getByRole('link', { name: 'tracker', exact: true }).click();
  await expect(page).toHaveURL(`/${team}/settings/webhooks/${id}`);
  await expect(stat(page, 'Success rate')).toHaveText('75.0 %');
  await expect(stat(page, 'Attempts')).toHaveText('4');
  await expect(page.getByRole('table', { name: 'Attempts over time' })).toContainText('3 delivered, 1 failed: 1 answered 5xx');
  await expect(page.getByText('Failing', { exact: true })).toBeVisible();
  await expect(page.getByText(/Disabled in 4 d/)).toBeVisible();
  await page.getByRole('radio', { name: 'Last 7 days' }).click();
  await expect(page).toHaveURL(/range=7d/);
  await expect(stat(page, 'Attempts')).toHaveText('4');

  const failed = page.getByRole('region', { name: 'Failed for good' });
  await failed.getByRole('link', { name: 'All, and replay' }).click();
  await expect(page).toHaveURL(`/executions/dead-letters?webhook=${id}`);
  await page
    .getByRole('row', { name: /Tell the tracker/ })
    .getByRole('link')
    .click();
  await page.getByRole('link', { name: 'tracker', exact: true }).click();
  await expect(page).toHaveURL(`/${team}/settings/webhooks/${id}`);
});

test('a webhook signs with a key of its own, and a delivery is checked with the public part', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  const { id, fail } = await toldOfFailures(actor, team, project, receiver);
  await enter(page, actor);
  await page.goto(`/${team}/settings/webhooks/${id}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('checkbox', { name: /Ed25519/ }).check();
  await page.getByRole('button', { name: 'Save webhook' }).click();
  await expect(page.getByText('tracker is saved')).toBeVisible();
  await fail(1);
  const { headers, body } = await receiver.next();
  expect(headers['webhook-signature']).toMatch(/^v1a,/);

  await page.goto(`/${team}/settings/webhooks/${id}/verify`);
  const key = await page.locator('code[title^="whpk_"]').getAttribute('title');
  for (const language of ['bash', 'Python', 'Node', 'Go']) {
    await page.getByRole('tab', { name: language, exact: true }).click();
    await expect(page.getByRole('tabpanel')).toContainText(/verify/i);
  }
  await page.getByLabel('Body').fill(body);
  await page.getByLabel('Secret', { exact: true }).fill(key!);
  await page.getByLabel('Signature header').fill(String(headers['webhook-signature']));
  await page.getByLabel('webhook-id').fill(String(headers['webhook-id']));
  await page.getByLabel('webhook-timestamp').fill(String(headers['webhook-timestamp']));
  await expect(page.getByText('It matches')).toBeVisible();
  await page.getByLabel('Body').fill(`${body} x`);
  await expect(page.getByText('It does not match')).toBeVisible();
});

test('a secret is rotated by clicking: both values sign, a clock runs where it is kept and used, and Switch now ends it', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  const next = 'whsec_plJ3nmyCDGBKInavdOK15jslEjR0c4Jj';
  await actor.rest.post(`/teams/${team}/secrets`, { name: 'SIGNING', value: SECRET });
  const { id, fail } = await toldOfFailures(actor, team, project, receiver, { signingSecret: 'SIGNING' });
  await enter(page, actor);
  await page.goto(`/${team}/settings/secrets`);
  await chooseInMenu(page, 'More actions for SIGNING', 'Replace value');
  const dialog = page.getByRole('dialog', { name: 'Replace the value of SIGNING' });
  await dialog.getByLabel('New value').fill(next);
  await choose(dialog, 'Overlap', '1 hour');
  await expect(dialog).toContainText('X-Wandb-Signature is made with the old one');
  await dialog.getByRole('button', { name: 'Replace value' }).click();
  await expect(page.getByRole('timer').filter({ hasText: /ends in (59:\d\d|1:00:00)/ })).toBeVisible();

  await fail(1);
  const during = await receiver.next();
  expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2);
  for (const secret of [SECRET, next]) expect(() => new Webhook(secret).verify(during.body, standardHeaders(during))).not.toThrow();
  expect(during.headers['x-wandb-signature']).toBe(wandbSignature(SECRET, during.body));

  await page.goto(`/${team}/settings/webhooks/${id}`);
  await expect(page.getByRole('timer').filter({ hasText: /Ends in (59:\d\d|1:00:00)/ })).toBeVisible();
  await page.getByRole('button', { name: 'Switch now' }).click();
  await expect(page.getByText('Two values are live')).toBeHidden();
  await fail(1);
  const after = await receiver.next();
  expect(after.headers['x-wandb-signature']).toBe(wandbSignature(next, after.body));
  expect(() => new Webhook(SECRET).verify(after.body, standardHeaders(after))).toThrow();
  await page.goto(`/${team}/settings/secrets`);
  await expect(page.getByRole('row', { name: /SIGNING/ })).not.toContainText('Two values are live');
});

test('a viewer may not open it, a stranger does not find it', async ({ page, team, project, actor, receiver, enter, makePerson }) => {
  const { id } = await toldOfFailures(actor, team, project, receiver);
  await enter(page, await makePerson());
  expect((await page.goto(`/${team}/settings/webhooks/${id}`))!.status()).toBe(404);
});
