import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { choose, chooseInMenu } from './forms.ts';
import { e2eInstance } from './instance.ts';
import { restAs } from './rest.ts';

const NEW_PASSWORD = 'quite another long password';

test('a link invites a new person, whose role then changes and ends at once', async ({ page, browser, team, project, actor, enter }) => {
  await enter(page, actor);
  await page.goto(`/${team}/settings/members`);
  await page.getByRole('button', { name: 'Invite by link' }).click();
  const dialog = page.getByRole('dialog', { name: `Invite to ${team}` });
  await dialog.getByRole('radio', { name: /viewer/i }).click();
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const username = `nia-${randomBytes(4).toString('hex')}`;
  const context = await browser.newContext();
  const guest = await context.newPage();
  await guest.goto(link);
  await guest.getByLabel('User name').fill(username);
  await guest.getByLabel('Password').fill(NEW_PASSWORD);
  await guest.getByRole('button', { name: 'Create account and join' }).click();
  await guest.waitForURL((url) => url.pathname === '/');
  expect((await guest.goto(link))!.status(), 'the page of a used link says so').toBe(200);
  await expect(guest.getByText('This invite cannot be used')).toBeVisible();
  await guest.goto(`/${team}/${project}/automations`);
  await expect(guest.getByText('Members and admins create them.')).toBeVisible();

  await page.reload();
  await choose(page, `Role of ${username}`, 'Member');
  await expect.poll(async () => (await guest.request.post(`/api/v1/projects/${team}/${project}/events`, RUN_EVENT)).status()).toBe(202);
  await chooseInMenu(page, `More actions for ${username}`, 'Remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByRole('cell', { name: username })).toHaveCount(0);
  await expect.poll(async () => (await guest.request.get(`/api/v1/projects/${team}/${project}`)).status(), { timeout: 5000 }).toBe(404);
  await context.close();
});

const RUN_EVENT = {
  headers: { origin: e2eInstance().url, 'content-type': 'application/json' },
  data: { type: 'run.state', run: { id: 'r1', state: 'running' } },
};

test('a link sets a new password once; the old one and open sessions end', async ({ page, browser, rest, actor, enter }) => {
  const context = await browser.newContext();
  const before = await context.newPage();
  await enter(before, actor);
  const { url } = await rest.post<{ url: string }>(`/users/${actor.username}/reset-link`);
  await page.goto(url);
  await page.getByLabel(`New password for ${actor.username}`).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.waitForURL('**/login');
  await page.goto(url);
  await expect(page.getByText('This link cannot be used')).toBeVisible();
  await expect(enter(page, actor)).rejects.toThrow();
  await enter(page, { ...actor, password: NEW_PASSWORD });
  await expect.poll(async () => (await before.request.get('/api/v1/me')).status(), { timeout: 5000 }).toBe(401);
  await context.close();
});

test('signing out ends the session and leaves no way back', async ({ page, actor, enter }) => {
  await enter(page, actor);
  await page.goto('/');
  await page.getByRole('button', { name: new RegExp(actor.username) }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/login**');
  await page.goto('/automations');
  await expect(page).toHaveURL(/\/login/);
});

test('the sixth wrong password within a minute is answered with when to try again', async ({ page, actor }) => {
  await page.goto('/login');
  await page.getByLabel(/user name/i).fill(actor.username);
  const password = page.getByLabel('Password', { exact: true });
  for (let attempt = 1; attempt <= 5; attempt++) {
    await password.fill(`wrong password ${attempt}`);
    const answer = page.waitForResponse('**/api/v1/session');
    await page.getByRole('button', { name: /sign in/i }).click();
    expect((await answer).status()).toBe(401);
  }
  await password.fill(actor.password);
  await page.getByRole('button', { name: /sign in/i }).click();
  await expect(page.getByText(/Too many failed sign-ins. Try again in \d+ seconds./)).toBeVisible();
});

test('a removed API key stops working within five seconds', async ({ page, actor, enter }) => {
  const { key } = await actor.rest.post<{ key: string }>('/api-keys', { name: 'laptop' });
  await restAs(key).get('/me');
  await enter(page, actor);
  await page.goto('/settings');
  await chooseInMenu(page, /More actions for the key laptop/, /Delete/);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete API key' }).click();
  const status = async () => (await fetch(`${e2eInstance().url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } })).status;
  await expect.poll(status, { timeout: 5000 }).toBe(401);
});
