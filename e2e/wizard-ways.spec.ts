import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from './fixtures.ts';
import { e2eInstance } from './instance.ts';

const PRESETS = [
  'GitHub repository dispatch',
  'Microsoft Teams',
  'Microsoft Teams, legacy connector',
  'Slack incoming webhook',
  'Discord',
  'PagerDuty',
  'Generic JSON',
];
const run = promisify(execFile);

test.beforeEach(async ({ actor, team, receiver, page, enter }) => {
  await actor.rest.post(`/teams/${team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await enter(page, actor);
});

test('every preset is chosen with the keyboard alone', async ({ page, team, project }) => {
  await page.goto(`/${team}/${project}/automations/new?step=action`);
  await page.locator('.payload-editor .view-line').first().waitFor();
  await page.getByRole('button', { name: 'Presets' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  const offered = await page.getByRole('menuitem').allTextContents();
  expect(offered.slice(0, -1)).toEqual(PRESETS);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0); // as it closes it gives the focus back
  for (const [index, name] of PRESETS.entries()) {
    const trigger = page.getByRole('button', { expanded: false, name: PRESETS[index - 1] ?? 'Presets', exact: true });
    await trigger.focus();
    await page.keyboard.press('Enter');
    for (const [at, passed] of PRESETS.slice(0, index + 1).entries()) {
      if (at > 0) await page.keyboard.press('ArrowDown');
      await expect(page.getByRole('menuitem', { name: passed, exact: true })).toBeFocused();
    }
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Set up' })).toBeVisible();
  }
});

test('the browser’s back and forward lead through the steps and lose nothing', async ({ page, team, project }) => {
  await page.goto(`/${team}/${project}/automations/new`);
  await page.getByRole('textbox', { name: 'Alias regex' }).fill('^production$');
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByRole('combobox', { name: 'Webhook' }).click();
  await page.getByRole('option', { name: 'deploy-hook' }).click();
  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'Alias regex' })).toHaveValue('^production$');
  await page.goForward();
  await expect(page.getByRole('combobox', { name: 'Webhook' })).toContainText('deploy-hook');
});

test('the curl that a saved automation is shown as makes the same automation', async ({ page, actor, team, project, rest }) => {
  const scope = { project: `${team}/${project}` };
  const body = { name: 'It’s deployed', scope, on: 'artifact.alias_added', filter: { alias: '^production$' } };
  const made = await actor.rest.post<{ id: string }>('/automations', {
    ...body,
    action: { webhook: 'deploy-hook', payload: { a: "it's ${alias}" } },
  });
  await page.goto(`/automations/${made.id}?code=curl`);
  const command = await page.getByRole('dialog').locator('pre, code').first().innerText();
  await rest.delete(`/automations/${made.id}`);
  const { stdout } = await run('bash', ['-c', command], { env: { ...process.env, HOOKLINE_API_KEY: actor.apiKey } });
  const { id } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { id: string };
  expect(await actor.rest.get(`/automations/${id}`)).toMatchObject({
    ...body,
    action: { webhook: 'deploy-hook', payload: { a: "it's ${alias}" } },
  });
  expect(command).toContain(e2eInstance().url);
});

test('at 200 % zoom a wizard’s step and its preview are there without scrolling sideways', async ({ page, team, project }) => {
  await page.setViewportSize({ width: 720, height: 450 }); // what 1440 × 900 is at 200 %
  await page.goto(`/${team}/${project}/automations/new?step=action`);
  await page.locator('.payload-editor .view-line').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
  await page.getByRole('button', { name: /Exact request/ }).click();
  await expect(page.getByRole('dialog', { name: 'Exact request' })).toContainText('POST /hook HTTP/1.1');
});
