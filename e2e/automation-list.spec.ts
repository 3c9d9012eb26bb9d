import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ actor, team, project, page, enter }) => {
  for (const name of ['First', 'Second'])
    await actor.rest.post('/automations', {
      name,
      scope: { project: `${team}/${project}` },
      on: 'run.state',
      filter: { states: ['failed'] },
      action: { nothing: true },
    });
  await enter(page, actor);
  await page.goto(`/${team}/${project}/automations`);
});

test('a row is switched off with the mouse, and on again with the keyboard', async ({ page }) => {
  const enabled = page.getByRole('switch', { name: 'First enabled' });
  await page.getByRole('row', { name: /First/ }).hover();
  await enabled.click();
  await expect(enabled).not.toBeChecked();
  await page.getByRole('button', { name: 'More actions for Second' }).focus(); // the row before: newest first
  for (const wanted of [page.getByRole('checkbox', { name: 'Select First' }), enabled]) {
    await page.keyboard.press('Tab');
    await expect(wanted).toBeFocused();
  }
  await page.keyboard.press('Space');
  await expect(enabled).toBeChecked();
});

test('rows are selected beside their switches, on a phone from the row’s menu', async ({ page }) => {
  await page.getByRole('row', { name: /First/ }).hover();
  await page.getByRole('checkbox', { name: 'Select First' }).click();
  await page.getByRole('checkbox', { name: 'Select Second' }).click();
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'First enabled' })).not.toBeChecked();
  await expect(page.getByRole('switch', { name: 'Second enabled' })).not.toBeChecked();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'More actions for First' }).click();
  await page.getByRole('menuitem', { name: 'Select' }).click();
  await expect(page.getByRole('checkbox', { name: 'Select First' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'Select Second' }).click();
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'First enabled' })).toBeChecked();
});

test('a row’s code, however wide, opens within a phone’s screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'More actions for First' }).click();
  await page.getByRole('menuitem', { name: 'View as code' }).click();
  const dialog = page.getByRole('dialog', { name: 'View as code' });
  await dialog.getByRole('tab', { name: 'Python' }).click();
  await expect(dialog.getByText('import wandb')).toBeVisible();
  const { x, width } = (await dialog.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(390);
});
