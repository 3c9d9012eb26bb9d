import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const axe = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
const step = (page: Page, name: string) => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
const next = (page: Page) => page.getByRole('button', { name: 'Next step' }).click();

async function choose(page: Page, field: string, option: string) {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
}

test.beforeEach(async ({ actor, team, project, receiver, page, signIn }) => {
  await actor.rest.post(`/teams/${team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await actor.rest.post(`/projects/${team}/${project}/events`, [
    { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', aliases: ['production', 'staging'] } },
    { type: 'run.metrics', run: { id: 'r1', name: 'swift-fox-1' }, metrics: [{ step: 0, values: { 'val/loss': 0.2 } }] },
  ]);
  await signIn(page, actor);
});

test('an automation is set up by clicking, tested, created, and calls its receiver', async ({ page, actor, team, project, receiver }) => {
  await page.goto(`/${team}/${project}/automations/new`);
  await page.getByRole('combobox', { name: 'Event type' }).click();
  await page.keyboard.type('Adding a new alias to a version');
  await page.getByRole('option', { name: /An artifact alias is added/ }).click();
  await page.getByRole('textbox', { name: 'Alias regex' }).fill('production');
  await page.getByRole('button', { name: 'Match exactly: ^production$' }).click();
  await expect(page.getByText('Matches 1 of 3')).toBeVisible();
  await expect(page.getByRole('complementary').getByText('1 of 3 events would have fired.')).toBeVisible();
  await next(page);

  await choose(page, 'Webhook', 'deploy-hook');
  const payload = page.getByRole('textbox', { name: 'Payload' });
  await payload.focus();
  await page.keyboard.insertText('{"version": ');
  await page.getByRole('button', { name: /^artifact_version_string/ }).click();
  await page.keyboard.insertText('}');
  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText('200 OK')).toBeVisible();
  expect(JSON.parse((await receiver.next()).body)).toHaveProperty('version');
  await next(page);

  await page.getByRole('textbox', { name: 'Automation name' }).fill('Deploy on production');
  await expect(page.getByText('Hookline sends the payload to')).toBeVisible();
  await page.getByRole('button', { name: 'Create automation' }).click();
  await expect(page.getByRole('heading', { name: 'Deploy on production' })).toBeVisible();

  await actor.rest.post(`/projects/${team}/${project}/events`, {
    type: 'artifact.created',
    artifact: { collection: 'detector', type: 'model', aliases: ['production'] },
  });
  expect(JSON.parse((await receiver.next()).body)).toEqual({ version: `${team}/${project}/detector:v1` });
  await expect(page.getByRole('list', { name: 'Executions' })).toContainText('production');
});

test('what is wrong stands at its field, has the focus and keeps the next step shut', async ({ page, actor, team, project, receiver }) => {
  await actor.rest.post(`/teams/${team}/webhooks`, { name: 'second-hook', url: receiver.url });
  await page.goto(`/${team}/${project}/automations/new?metric=val/loss`);
  await next(page);
  const threshold = page.getByRole('textbox', { name: 'Threshold' });
  await expect(threshold).toBeFocused();
  await expect(threshold).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert').getByText('Give the number to compare with.')).toBeVisible();
  await expect(step(page, 'Action')).toHaveAttribute('aria-disabled', 'true');
  await threshold.fill('0.3');
  await next(page);
  await expect(page).toHaveURL(/step=action/);
  await next(page);
  await expect(page.getByRole('alert').getByText('Choose a webhook.')).toBeVisible();
});

test('a name that is taken is refused beside the name', async ({ page, actor, team, project }) => {
  const scope = { project: `${team}/${project}` };
  await actor.rest.post('/automations', { name: 'Taken', scope, on: 'artifact.created', action: { nothing: true } });
  const { id } = await actor.rest.post<{ id: string }>('/automations', {
    name: 'Free',
    scope,
    on: 'artifact.created',
    action: { nothing: true },
  });
  await page.goto(`/automations/${id}/edit?step=details`);
  await page.getByRole('textbox', { name: 'Automation name' }).fill('Taken');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('textbox', { name: 'Automation name' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Automation name' })).toHaveAttribute('aria-invalid', 'true');
});

test('the payload editor completes, marks and lets the keyboard out', async ({ page, team, project }) => {
  await page.goto(`/${team}/${project}/automations/new?start=deploy-on-alias&step=action`);
  await page.locator('.payload-editor .view-line').first().waitFor();
  const payload = page.getByRole('textbox', { name: 'Payload' });
  await payload.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{"alias": "${al');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Exact request' })).toBeVisible();
  await expect(page.locator('.payload-editor')).toContainText('${alias}');
  await page.keyboard.type('", "x": "${nonsense}');
  await expect(page.getByRole('list', { name: 'Problems of the payload' })).toContainText('There is no variable or secret named nonsense');
  await expect(payload).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Tab');
  await expect(payload).not.toBeFocused();
  expect(await axe(page)).toEqual([]);
});

test('the request is for the newest real event and the team’s only webhook, and names its host', async ({
  page,
  team,
  project,
  receiver,
}) => {
  await page.goto(`/${team}/${project}/automations/new`);
  const crumbs = page.getByRole('navigation', { name: 'Breadcrumbs' });
  await expect(crumbs.locator('[aria-current="page"]')).toHaveText(['New']);
  await expect(crumbs.getByRole('link')).toHaveText([team, project, 'Automations']);
  await next(page);
  await expect(page.getByRole('combobox', { name: 'Webhook', exact: true })).toContainText('deploy-hook');
  const request = page.getByRole('group', { name: 'Request' });
  await expect(request).toContainText(`Host: ${new URL(receiver.url).host}`);
  await expect(request).toContainText('"collection": "detector"');
  await expect(page.getByRole('combobox', { name: 'Sample event' })).toContainText('detector:v0');
  await choose(page, 'Sample event', 'Built-in sample');
  await expect(page.getByRole('combobox', { name: 'Sample event' })).toContainText('Built-in sample');
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(page.getByRole('textbox', { name: 'Automation name' })).toBeVisible();
});

test('typing over a selected payload takes its place', async ({ page, team, project }) => {
  await page.goto(`/${team}/${project}/automations/new?start=deploy-on-alias&step=action`);
  await page.locator('.payload-editor .view-line').first().waitFor();
  await page.getByRole('textbox', { name: 'Payload' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{"alias": "x"}');
  await expect(page.locator('.payload-editor .view-line')).toHaveText(['{"alias":\u00a0"x"}']);
});

test('a draft survives a reload and is gone when it is discarded', async ({ page, team, project }) => {
  await page.goto(`/${team}/${project}/automations/new`);
  await page.getByRole('textbox', { name: 'Alias regex' }).fill('^staging$');
  await expect(page.getByText('Draft saved')).toBeVisible();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Alias regex' })).toHaveValue('^staging$');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByRole('textbox', { name: 'Alias regex' })).toHaveValue('');
});

test('every step and the automation’s page pass axe in both themes', async ({ page, actor, team, project }) => {
  test.slow();
  const { href } = await actor.rest.post<{ href: string }>('/automations', {
    name: 'Deploy',
    scope: { project: `${team}/${project}` },
    on: 'run.metric_threshold',
    filter: { metric: { name: 'val/loss', is: 'below', threshold: 0.3 }, run: { tags: ['a'], name: '^s' } },
    action: { webhook: 'deploy-hook', payload: { run: '${run_name}' } },
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of [href, `${href}/edit`, `${href}/edit?step=action`, `${href}/edit?step=details`]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await axe(page), `${path}, ${colorScheme}`).toEqual([]);
    }
  }
});

test('run now makes a real execution on a recent event', async ({ page, actor, team, project, receiver }) => {
  const { href } = await actor.rest.post<{ href: string }>('/automations', {
    name: 'Deploy',
    scope: { project: `${team}/${project}` },
    on: 'artifact.alias_added',
    action: { webhook: 'deploy-hook', payload: { alias: '${alias}' } },
  });
  await page.goto(href);
  await page.getByRole('button', { name: 'Run now' }).click();
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /staging on detector/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
  await page.waitForURL(/\/executions\/exe_/);
  expect(JSON.parse((await receiver.next()).body)).toEqual({ alias: 'staging' });
});

test('run now chooses no event by itself that does not meet the conditions, and warns of one', async ({ page, actor, team, project }) => {
  const { href } = await actor.rest.post<{ href: string }>('/automations', {
    name: 'Deploy',
    scope: { project: `${team}/${project}` },
    on: 'artifact.alias_added',
    filter: { alias: '^release$' },
    action: { webhook: 'deploy-hook' },
  });
  await page.goto(href);
  await page.getByRole('button', { name: 'Run now' }).click();
  const dialog = page.getByRole('dialog');
  const staging = dialog.getByRole('radio', { name: /staging on detector/ });
  await expect(staging).toBeVisible();
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Run now' })).toHaveAttribute('aria-disabled', 'true');
  await staging.click();
  await expect(dialog.getByText('This event does not meet the conditions.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Run now' })).not.toHaveAttribute('aria-disabled', 'true');
});

test('a filter from the Python client is told at the fields that it decides about, and kept', async ({
  page,
  actor,
  rest,
  team,
  project,
}) => {
  const query = { $or: [{ $and: [{ alias: { $eq: 'production' } }] }] };
  const { id, href } = await actor.rest.post<{ id: string; href: string }>('/automations', {
    name: 'Deploy',
    scope: { project: `${team}/${project}` },
    on: 'artifact.alias_added',
    filter: { query },
    action: { webhook: 'deploy-hook' },
  });
  await page.goto(`${href}/edit`);
  await expect(page.getByRole('textbox', { name: 'Alias regex' })).toHaveAccessibleDescription(
    /The filter of the Python client below decides about aliases/,
  );
  await expect(page.getByText('Any alias, unless')).toHaveCount(0);
  await page.goto(`${href}/edit?step=details`);
  await page.getByRole('textbox', { name: 'Description' }).fill('For production.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForURL((url) => url.pathname === href);
  await expect(rest.get(`/automations/${id}`)).resolves.toMatchObject({ filter: { query } });
});

test('a test’s refusal goes as soon as the payload is another', async ({ page, team, project }) => {
  await page.goto(`/${team}/${project}/automations/new`);
  await next(page);
  await page.locator('.payload-editor .view-line').first().waitFor();
  await page.getByRole('textbox', { name: 'Payload' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{"a": "$${x} ${nope}');
  // The editor cuts it where a bracket beside the cursor is marked.
  await expect.poll(async () => (await page.locator('.payload-placeholder').allTextContents()).join('')).toBe('${nope}');
  await page.getByRole('button', { name: 'Send test' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'no variable or secret named nope' });
  await expect(refusal).toBeVisible();
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Generic JSON' }).click();
  await expect(refusal).toHaveCount(0);
});
