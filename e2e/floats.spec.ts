import { expect, test } from './fixtures.ts';

// What floats over a page is fetched when it is first used: the first use must be as good as the second.

test.beforeEach(async ({ page, actor, team, project, enter }) => {
  await actor.rest.post('/automations', {
    name: 'Watch failures',
    scope: { project: `${team}/${project}` },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { nothing: true },
  });
  await enter(page, actor);
  await page.goto(`/${team}/${project}/automations`);
});

test('a menu opens at the first click and gives the focus back', async ({ page }) => {
  const button = page.getByRole('row', { name: /Watch failures/ }).getByRole('button', { name: /More actions/ });
  await button.click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).toBeFocused();
  await button.click();
  await expect(page.getByRole('menu')).toBeVisible();
});

test('a menu opens at the first press of a key, on its first line', async ({ page }) => {
  const button = page.getByRole('row', { name: /Watch failures/ }).getByRole('button', { name: /More actions/ });
  await button.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
});

test('a dialog asked for in a menu gives the focus back to the menu’s button', async ({ page }) => {
  const button = page.getByRole('row', { name: /Watch failures/ }).getByRole('button', { name: /More actions/ });
  await button.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a tip names an icon under the pointer and on focus, and Escape puts it away', async ({ page }) => {
  const button = page.getByRole('row', { name: /Watch failures/ }).getByRole('button', { name: /More actions/ });
  await button.hover();
  await expect(page.getByRole('tooltip')).toHaveText('More actions for Watch failures');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.mouse.move(0, 0);
  await page.getByRole('link', { name: 'Watch failures' }).focus();
  for (let pressed = 0; pressed < 10 && !(await button.evaluate((element) => element === document.activeElement)); pressed++)
    await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip')).toBeVisible();
  await expect(button).toHaveAttribute('aria-describedby', (await page.getByRole('tooltip').getAttribute('id'))!);
});

test('the palette opens by its keys and finds what is there', async ({ page, project }) => {
  await expect(page.getByRole('button', { name: 'Search' })).toContainText('Ctrl K'); // printed by the browser: from then on it listens
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill(project);
  await expect(page.getByRole('option', { name: project }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the palette leads to the team’s sections, Connect by the name of the client too', async ({ page, team }) => {
  await expect(page.getByRole('button', { name: 'Search' })).toContainText('Ctrl K');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill('wandb');
  await expect(page.getByRole('option', { name: `Connect ${team}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/${team}/settings/connect$`));
});
