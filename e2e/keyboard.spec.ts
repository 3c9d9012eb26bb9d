import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const MOST_TABS = 60;

/** Presses Tab until the wanted control has the focus: whoever cannot be reached that way fails here. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(wanted, `${MOST_TABS} Tabs did not lead there`).toBeFocused();
}

async function pick(page: Page, box: Locator, typed: string): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

test('an automation is created without a mouse, and the payload editor lets the keyboard out', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  await actor.rest.post(`/teams/${team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await enter(page, actor);
  await page.goto(`/automations/new?scope=project:${team}/${project}`);

  await pick(page, page.getByRole('combobox', { name: 'Event type' }), 'alias is added');
  await tabTo(page, page.getByLabel('Alias regex'));
  await page.keyboard.type('^production$');
  await tabTo(page, page.getByRole('button', { name: 'Next step' }));
  await page.keyboard.press('Enter');

  await pick(page, page.getByRole('combobox', { name: 'Webhook' }), 'deploy');
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  const payload = page.getByRole('textbox', { name: 'Payload' });
  await tabTo(page, payload);
  await page.keyboard.type('{"alias": "x"}');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(payload).not.toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Next step' }));
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByLabel('Automation name'));
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'By keyboard' })).toBeVisible();
});
