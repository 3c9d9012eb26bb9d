import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { choose } from './forms.ts';

const next = (page: Page) => page.getByRole('button', { name: 'Next step' }).click();

async function openWizard(page: Page, team: string, project: string) {
  await page.goto(`/automations/new?scope=project:${team}/${project}`);
  await choose(page, 'Event type', /An artifact alias is added/);
}

test('each step says beside the field what is wrong, and puts the cursor there', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  for (const name of ['deploy-hook', 'other-hook']) await actor.rest.post(`/teams/${team}/webhooks`, { name, url: receiver.url });
  await enter(page, actor);
  await openWizard(page, team, project);
  const alias = page.getByLabel('Alias regex');
  await alias.fill('(production');
  await next(page);
  await expect(alias).toBeFocused();
  await expect(alias).toHaveAttribute('aria-invalid', 'true');
  await expect(alias).toHaveAccessibleDescription(/parenthes|\)/i);
  await alias.fill('^production$');
  await next(page);

  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const missing = page.getByText('The request appears here once the action is complete.').locator('..');
  await expect(missing.getByRole('listitem')).toHaveText(['Choose a webhook.']); // the name is asked for later
  await next(page);
  await expect(page.getByRole('combobox', { name: 'Webhook' })).toBeFocused();
  await choose(page, 'Webhook', /deploy-hook/);
  await next(page);

  await page.getByRole('button', { name: 'Create automation' }).click();
  const name = page.getByLabel('Automation name');
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
});

test('leaving a draft asks, and it is there again after a reload', async ({ page, team, project, actor, enter }) => {
  await enter(page, actor);
  await openWizard(page, team, project);
  await page.getByLabel('Alias regex').fill('^staging$');
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByLabel('Alias regex')).toHaveValue('^staging$');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Projects' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leave.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel('Alias regex')).toHaveValue('^staging$');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Projects' }).click();
  await leave.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/projects');
});
