import type { Page } from '@playwright/test';
import { freePort } from '../scripts/test/free-port.ts';
import { expect, test } from './fixtures.ts';
import { chooseInMenu } from './forms.ts';
import { RECEIVER_DOMAIN } from './instance.ts';

const panel = (page: Page) => page.getByRole('dialog', { name: /^Test / });

async function draft(page: Page, team: string, url: string) {
  await page.goto(`/${team}/settings/webhooks`);
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByLabel('Name', { exact: true }).fill('draft-hook');
  await form.getByLabel('URL').fill(url);
  await form.getByRole('button', { name: 'Test' }).click();
  await panel(page).getByRole('button', { name: 'Test webhook' }).click();
}

test('a saved webhook is tested from its menu: the request as sent, then status, headers, body and time', async ({
  page,
  team,
  actor,
  receiver,
  enter,
}) => {
  receiver.answerWith(202, 'queued as job 7');
  const { id } = await actor.rest.post<{ id: string }>(`/teams/${team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await enter(page, actor);
  await page.goto(`/${team}/settings/webhooks`);
  await chooseInMenu(page, 'More actions for deploy-hook', 'Test');
  await panel(page).getByRole('textbox', { name: 'Payload' }).fill('{"hello": "world"}');
  await panel(page).getByRole('button', { name: 'Test webhook' }).click();
  await expect(panel(page).getByText('202 Accepted')).toBeVisible();
  await expect(panel(page).getByText('queued as job 7')).toBeVisible();
  expect(JSON.parse((await receiver.next()).body)).toEqual({ hello: 'world' });
  const { items } = await actor.rest.get<{ items: unknown[] }>(`/executions?webhook=${id}`);
  expect(items, 'tests are kept out of the history').toEqual([]);
});

test('an unsaved webhook whose receiver refuses the caller shows that status, and nothing is saved', async ({
  page,
  team,
  actor,
  receiver,
  enter,
}) => {
  receiver.answerWith(401, 'who are you?');
  await enter(page, actor);
  await draft(page, team, receiver.url);
  await expect(panel(page).getByText('401 Unauthorized')).toBeVisible();
  await expect(panel(page).getByText('who are you?')).toBeVisible();
  expect(await actor.rest.get(`/teams/${team}/webhooks`)).toMatchObject({ items: [] });
});

test('a port where nothing listens is named, with what to do', async ({ page, team, actor, enter }) => {
  await enter(page, actor);
  await draft(page, team, `http://closed.${RECEIVER_DOMAIN}:${await freePort()}/hook`);
  await expect(panel(page).getByText('Refused', { exact: true })).toBeVisible();
  await expect(panel(page).getByText('Nothing listens on this port: start the service or correct the port in the URL.')).toBeVisible();
});

test('a name that does not resolve is named, with what to do', async ({ page, team, actor, enter }) => {
  await enter(page, actor);
  await draft(page, team, 'http://nowhere.test/hook');
  await expect(panel(page).getByText('Name not found', { exact: true })).toBeVisible();
  await expect(panel(page).getByText('Check its spelling, and that it is in the DNS that Hookline uses.')).toBeVisible();
});

test('an address that is not allowed is refused before anything is sent, at the URL', async ({ page, team, actor, enter }) => {
  await enter(page, actor);
  await draft(page, team, 'http://169.254.169.254/latest');
  await expect(
    page
      .getByRole('dialog')
      .getByText(/literal|address|host name/i)
      .first(),
  ).toBeVisible();
  await expect(page.getByText('200 OK')).toHaveCount(0);
});
