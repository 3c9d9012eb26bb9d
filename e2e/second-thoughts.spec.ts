import { expect, test } from './fixtures.ts';

test('saving changes only what was changed here: another tab keeps what it saved meanwhile', async ({
  page,
  team,
  project,
  actor,
  enter,
}) => {
  const { id } = await actor.rest.post<{ id: string }>('/automations', {
    name: 'Two tabs',
    scope: { project: `${team}/${project}` },
    on: 'artifact.alias_added',
    filter: { alias: '^a$' },
    action: { nothing: true },
  });
  await enter(page, actor);
  await page.goto(`/${team}/${project}/automations/${id}/edit`);
  await page.getByLabel('Alias regex').fill('^b$');
  await actor.rest.patch(`/automations/${id}`, { description: 'Saved in another tab', cooldownSeconds: 60 });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForURL(/\/automations\/aut_\d+$/);
  expect(await actor.rest.get(`/automations/${id}`)).toMatchObject({
    description: 'Saved in another tab',
    cooldownSeconds: 60,
    filter: { alias: '^b$' },
  });
});

test('a session that ended while a form was open says so in the form, which keeps what was typed', async ({ page, team, actor, enter }) => {
  await enter(page, actor);
  await page.goto(`/${team}/settings/secrets`);
  await page.getByRole('button', { name: 'New secret' }).first().click();
  await page.getByLabel('Secret name').fill('DEPLOY_TOKEN');
  await page.getByLabel('Secret', { exact: true }).fill('a-long-deploy-token');
  await page.context().clearCookies();
  await page.getByRole('dialog').getByRole('button', { name: 'Add secret' }).click();
  await expect(page.getByRole('dialog').getByText('Your session has ended. Sign in again')).toBeVisible();
  await expect(page.getByLabel('Secret name')).toHaveValue('DEPLOY_TOKEN');
  await enter(page, actor);
  await page.getByRole('dialog').getByRole('button', { name: 'Add secret' }).click();
  await expect(page.getByRole('row', { name: /DEPLOY_TOKEN/ })).toBeVisible();
});

test('long names leave the home page as wide as a phone', async ({ page, actor, team, enter }) => {
  const name = 'x'.repeat(128);
  const scope = { project: `${team}/${name}` };
  await actor.rest.post('/projects', { entity: team, name });
  // The overview takes the place of the first steps once something has fired.
  await actor.rest.post('/automations', { name, scope, on: 'run.state', filter: { states: ['failed'] }, action: { nothing: true } });
  await actor.rest.post(`/projects/${team}/${name}/events`, { type: 'run.state', run: { id: 'r1', state: 'failed' } });
  await page.setViewportSize({ width: 360, height: 740 });
  await enter(page, actor);
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'My projects' }).getByRole('link', { name })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('an address that leads nowhere is not kept among the recent places', async ({ page, actor, team, project, enter }) => {
  await enter(page, actor);
  await page.goto(`/${team}/${project}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(project);
  await page.goto(`/${team}/never-made`);
  await expect(page.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
  await page.goto('/');
  const recent = page.getByRole('navigation').getByRole('link');
  await expect(recent.filter({ hasText: project })).toBeVisible();
  await expect(recent.filter({ hasText: 'never-made' })).toHaveCount(0);
});

test('what was typed into a dialog is not dropped by Escape unasked, and a test over it closes alone', async ({
  page,
  team,
  actor,
  enter,
}) => {
  await enter(page, actor);
  await page.goto(`/${team}/settings/webhooks`);
  const open = () => page.getByRole('button', { name: 'New webhook' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await open();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog, 'nothing was typed').toHaveCount(0);

  await open();
  await dialog.getByLabel('Name', { exact: true }).fill('deploy-hook');
  await dialog.getByLabel('URL').fill('https://example.com/hook');
  await dialog.getByRole('button', { name: 'Test' }).click();
  const panel = page.getByRole('dialog', { name: 'Test deploy-hook' });
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Create webhook' })).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(dialog.getByText('Close without saving what you entered?')).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('deploy-hook');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toHaveCount(0);
});
