import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const runs = (page: Page) =>
  page
    .getByRole('table', { name: 'Runs' })
    .getByRole('row')
    .filter({ has: page.getByRole('link') });

test('what is typed into a search is in the address, letter by letter as it was typed, and comes back with it', async ({
  page,
  scene,
  enter,
}) => {
  await enter(page, scene.visitor);
  await page.goto(`/${scene.team}/${scene.project}/runs`);
  const search = page.getByRole('searchbox');
  await search.pressSequentially('swift-fox and more, typed quickly');
  await expect(search).toHaveValue('swift-fox and more, typed quickly');
  await expect(page).toHaveURL(({ searchParams }) => searchParams.get('q') === 'swift-fox and more, typed quickly');
  await search.fill('swift-fox');
  await expect(page).toHaveURL(({ searchParams }) => searchParams.get('q') === 'swift-fox');
  await page.reload();
  await expect(search).toHaveValue('swift-fox');
  await expect(runs(page)).toHaveCount(1);
});

test('a search that was left in the middle is not there when its page is opened anew', async ({ page, scene, enter }) => {
  await enter(page, scene.visitor);
  await page.goto(`/${scene.team}/${scene.project}/runs`);
  await page.getByRole('searchbox').pressSequentially('nothing is called so');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page).toHaveURL(({ pathname }) => pathname === `/${scene.team}/${scene.project}`);
  await page.getByRole('link', { name: /^Runs/ }).first().click();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(runs(page)).toHaveCount(2);
});

test('Back undoes the closing of a drawer, and its own opening', async ({ page, scene, enter }) => {
  await enter(page, scene.visitor);
  await page.goto(`/automations/${scene.automation}?period=7d`);
  const drawer = page.getByRole('region', { name: /^Execution exe_/ });
  await page.getByRole('list', { name: 'Executions' }).getByRole('link').first().click();
  await expect(drawer).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page).toHaveURL(`/automations/${scene.automation}?period=7d`);
  await page.goBack();
  await expect(drawer).toBeVisible();
  await page.goBack();
  await expect(drawer).toHaveCount(0);
  await expect(page).toHaveURL(`/automations/${scene.automation}?period=7d`);
});

test('a project is made in the team that the switcher shows', async ({ page, team, actor, enter }) => {
  await enter(page, actor);
  await page.goto(`/projects?entity=${team}`);
  await page.getByRole('navigation').getByRole('link', { name: 'Projects' }).first().click();
  await page.waitForURL((url) => url.pathname === '/projects' && url.search === '');
  await page.getByRole('button', { name: 'Create project' }).first().click();
  await expect(page.getByRole('dialog').getByLabel('Team')).toContainText(team);
});
